// points.txt and its like, which instructors edit: numbers that points can be, or a sentence.

#include "fuzz/shared/fuzzer.h"
#include "fuzz/shared/input_file.h"
#include "judge/points.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct exercise exercise = {.folder = "7.1-submit", .id = "7.1"};
static struct line lines[2];
static struct rubric rubric = {.lines = lines, .count = 2};

void fuzz(const uint8_t *bytes, size_t size)
{
    char text[512] = "";
    double number = 0;
    for (int i = 0; i < 2; i++) {
        lines[i].exercise = &exercise;
        snprintf(lines[i].name, sizeof lines[i].name, "%s: order",
                 i ? "processes" : "threads");
    }
    const char *path = input_file(bytes, size);
    int status = points_load(&rubric, &exercise, path, text, sizeof text);
    for (int i = 0; i < 2 && !status; i++)
        claim(lines[i].max_points >= 0 && isfinite(lines[i].max_points),
              "points are numbers, and no debts");
    claim(!status || *text, "what is refused has a sentence");
    if (points_find(path, "threads: order", &number) == 0)
        claim(number >= 0 && isfinite(number), "what is found is a number");
}
