# What all pictures have in common. Lines differ in their dashes and in their colours: some
# readers see no colours, some printers have none. The colours are Okabe and Ito's, made for
# every kind of eye.

array colour[6] = ["#0072B2", "#D55E00", "#007a5a", "#b0467f", "#000000", "#9a6b00"]
do for [i = 0:29] {
    pattern = (i + i / 6) % 5 + 1
    set linetype i + 1 linewidth 1.8 pointtype (i % 6 + 4) pointsize 0.9 \
        linecolor rgb colour[i % 6 + 1] dashtype pattern
}
set linetype cycle 30
set border 3
set tics nomirror out
set grid linecolor rgb "#d8d8d8" linetype 1 linewidth 0.6 dashtype 1
set key noenhanced
set title noenhanced font ",16"
set encoding utf8
