# Prints the height of the tide, in metres, for each hour of a year, in a harbour that is made up.
# Two waves are added up: the Moon's comes every 12.42 hours, the Sun's every 12 hours.
BEGIN {
  moon = 1
  sun = 1
  for (hour = 0; hour < 8760; hour++) {
    printf "%d %02d:00 %.1f\n", int(hour / 24) + 1, hour % 24, 3 + 1.8 * moon + 0.6 * sun
    # An hour turns the Moon's wave by 28.984 degrees and the Sun's by 30.
    next_moon = moon * 0.874754 - moon_side * 0.484567
    moon_side = moon_side * 0.874754 + moon * 0.484567
    moon = next_moon
    next_sun = sun * 0.866025 - sun_side * 0.5
    sun_side = sun_side * 0.866025 + sun * 0.5
    sun = next_sun
  }
}
