#!/bin/sh
# Draws one picture twice, as SVG and as PNG:
#     draw.sh SCRIPT.gp FOLDER NAME [WIDTH HEIGHT]
# The script reads its data in FOLDER. Without gnuplot it says so and ends well: what the
# pictures show is in tables and files, too.

here=$(dirname "$0")
folder=$2 picture=$2/$3 size=${4:-960},${5:-560}

if ! command -v gnuplot >/dev/null 2>&1; then
    echo "No picture $picture.svg: gnuplot is not installed."
    exit 0
fi
export LC_ALL=C.UTF-8 # every Debian has it; without a language gnuplot warns of letters
for terminal in svg pngcairo; do
    suffix=${terminal%cairo}
    gnuplot -e "set terminal $terminal size $size font 'sans-serif,13' background '#ffffff'" \
        -e "set output '$picture.$suffix'; folder = '$folder'; folder_of_style = '$here'; name = '$3'" \
        "$here/style.gp" "$1" || exit
done
sed -i "s|<title>Gnuplot</title>|<title>$3</title>|" "$picture.svg"
echo "$picture.svg  $picture.png"
