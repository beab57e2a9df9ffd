#!/bin/sh
# Prints the tides of one day of the year, such as: sh show.sh 200
echo "Tides of day ${1:?Which day? 1 to 365}"
grep "^$1 " tides.txt
