// Draws recorded traces:
//     lanes OUT.svg TITLE FILE.json              a panel for each of its calls
//     lanes OUT.svg TITLE CAPTION=FILE.json ...  one panel a file, on one scale of time

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include "pictures/lanes/picture.h"

enum { MOST_FILES = 4, CAPTION_SIZE = 160 };

static struct timeline timelines[MOST_FILES];
static struct picture_panel panels[MOST_FILES * MOST_PANELS];
static char captions[MOST_FILES * MOST_PANELS][CAPTION_SIZE];

static double busy_us(const struct panel *panel)
{
    double sum = 0;
    for (size_t k = 0; k < panel->task_count; k++)
        sum += panel->task[k].end_us - panel->task[k].begin_us;
    return sum;
}

static void put_time(char *text, size_t size, double us)
{
    if (us >= 1e6)
        snprintf(text, size, "%.2f s", us / 1e6);
    else if (us >= 1e3)
        snprintf(text, size, "%.2f ms", us / 1e3);
    else
        snprintf(text, size, "%.0f us", us);
}

static void put_caption(char *caption, const char *words, const struct panel *panel)
{
    char length[32] = "";
    put_time(length, sizeof length, panel->length_us);
    if (panel->task_count == 0) {
        snprintf(caption, CAPTION_SIZE, "%.63s: no task was submitted, %s", words,
                 length);
        return;
    }
    double share = busy_us(panel) / panel->length_us / (double)panel->lane_count;
    snprintf(caption, CAPTION_SIZE,
             "%.63s: tasks: %zu, workers: %zu, %s, workers busy %.0f %%", words,
             panel->task_count, panel->lane_count, length, 100 * share);
}

// Adds the panels of a file; one that has a caption stands for the whole file.
static size_t add_file(size_t panel_count, struct timeline *timeline,
                       const char *argument)
{
    const char *equals = strchr(argument, '=');
    const char *path = equals ? equals + 1 : argument;
    int status = timeline_read(timeline, path);
    if (status) {
        fprintf(stderr, "%s: %s\n", path, strerror(-status));
        exit(EXIT_FAILURE);
    }
    size_t count = equals ? 1 : timeline->panel_count;
    for (size_t k = 0; k < count; k++) {
        struct panel *panel = &timeline->panel[k];
        char words[CAPTION_SIZE];
        snprintf(words, sizeof words, "%.*s",
                 equals ? (int)(equals - argument) : (int)sizeof panel->name,
                 equals ? argument : panel->name);
        put_caption(captions[panel_count], words, panel);
        panels[panel_count] = (struct picture_panel){panel, captions[panel_count]};
        panel_count++;
    }
    return panel_count;
}

int main(int argc, char *argv[])
{
    if (argc < 4 || argc > 3 + MOST_FILES) {
        fputs("lanes OUT.svg TITLE [CAPTION=]FILE.json ...\n", stderr);
        return 2;
    }
    size_t panel_count = 0;
    for (int k = 3; k < argc; k++)
        panel_count = add_file(panel_count, &timelines[k - 3], argv[k]);
    FILE *stream = fopen(argv[1], "w");
    if (!stream) {
        fprintf(stderr, "%s: %s\n", argv[1], strerror(errno));
        return EXIT_FAILURE;
    }
    picture_write(stream, argv[2], panels, panel_count, argc > 4);
    if (fclose(stream) != 0) return EXIT_FAILURE;
    for (size_t k = 0; k < panel_count; k++) puts(panels[k].caption);
    for (int k = 3; k < argc; k++) timeline_close(&timelines[k - 3]);
    return EXIT_SUCCESS;
}
