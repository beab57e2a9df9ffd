#!/bin/bash
# Adds up order.txt, with one line for each thing: name, price, how many.
set -eu
cd "$(dirname "$0")"

total=0
while read -r name price count; do
  total=$((total + price * count))
done < order.txt

due=$(date -d "+14 days" +%F)
echo "Invoice (${STAGE:-laptop}): $total $CURRENCY, due on $due"
