// What every part of the picture is made of.

#include "pictures/lanes/drawing.h"

void put_escaped(FILE *stream, const char *text)
{
    for (; *text; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte == '<')
            fputs("&lt;", stream);
        else if (byte == '&')
            fputs("&amp;", stream);
        else if (byte < ' ')
            fputc('?', stream);
        else
            fputc(byte, stream);
    }
}

void put_text(struct drawing *drawing, double x, double y, int size,
              const char *attributes, const char *text)
{
    fprintf(drawing->stream, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%dpx\" %s>", x,
            y, size, attributes);
    put_escaped(drawing->stream, text);
    fputs("</text>\n", drawing->stream);
}

void put_rectangle(struct drawing *drawing, const char *class, double x,
                   double width, double y, double height)
{
    fprintf(drawing->stream,
            "<rect class=\"%s\" x=\"%.3f\" y=\"%.1f\" width=\"%.3f\" "
            "height=\"%.1f\"/>\n",
            class, x, y, width, height);
}

double x_of(const struct drawing *drawing, double us)
{
    return LEFT + us * drawing->scale;
}

void begin_lane(struct drawing *drawing, const char *name, const char *class,
                int height)
{
    put_text(drawing, LEFT - 8, drawing->y + height / 2.0 + 4, 12,
             "text-anchor=\"end\"", name);
    put_rectangle(drawing, class, LEFT, drawing->panel->length_us * drawing->scale,
                  drawing->y, height);
}
