// A cluster that runs Slurm: a round is an array, which goes on when this program ends, however it
// ends. OUT/round/array says what was sent, and is written before and after sending: the same call
// finds the array again. What an array leaves undone is sent anew.

#include "judge/durable_file.h"
#include "grade/engine.h"
#include "grade/result.h"
#include "grade/slurm.h"
#include "grade/slurm_array.h"
#include "grade/slurm_wait.h"
#include "grade/text.h"
#include "judge/folder_remove.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SENDS = 3 };

static struct site site;
static char away[1024]; // nodes that were of no use

static int note_write(const struct round *round, const struct slurm_array *array,
                      const char *title)
{
    char *path = round_path(round, "array");
    char *text = text_format("%s %u %zu %d\n%s\n", *array->id ? array->id : "-",
                             array->pack, array->tasks, array->is_alone, title);
    int status = durable_file_write(path, text, strlen(text));
    free(text);
    free(path);
    return status;
}

static int note_read(const struct round *round, struct slurm_array *array,
                     char title[64])
{
    int is_alone = 0;
    char *path = round_path(round, "array");
    FILE *file = fopen(path, "re");
    free(path);
    *array = (struct slurm_array){.pack = 1};
    if (!file) return -errno;
    int count = fscanf(file, "%31s %u %zu %d %63[^\n]", array->id, &array->pack,
                       &array->tasks, &is_alone, title);
    fclose(file);
    array->is_alone = is_alone;
    if (strcmp(array->id, "-") == 0) slurm_array_find(array, round);
    return count == 5 ? 0 : -EINVAL;
}

// A result that names the round is there even where its mark is not.
static int number_status(const struct course *course, const struct round *round,
                         size_t number, const struct submission *submission)
{
    int status = round_status(round, number);
    if (status <= 0) return status;
    json_t *result = result_load(course, submission);
    const char *id = result_text(json_object_get(result, "grading"), "round");
    status = strcmp(id, round->id) == 0 ? 0 : -ENODATA;
    json_decref(result);
    return status;
}

static int array_send(struct slurm_array *array, const struct course *course,
                      const struct round *round, const char *title)
{
    char text[1024] = "";
    size_t most = slurm_array_limit(), pack = strtoul(site.pack, NULL, 10);
    if (pack * most < round->count) pack = (round->count + most - 1) / most;
    array->pack = (unsigned)pack;
    array->tasks = (round->count + pack - 1) / pack;
    snprintf(array->away, sizeof array->away, "%s", away);
    int status = note_write(round, array, title);
    if (!status)
        status = slurm_array_send(array, &site, course, round, text, sizeof text);
    if (!status) status = note_write(round, array, title);
    if (status) {
        fprintf(stderr, "grade: %s\n", *text ? text : strerror(-status));
        return status;
    }
    fprintf(stderr,
            "Slurm's array %s has %zu task%s of at most %zu submission%s. It goes "
            "on when "
            "this command ends; the same command then waits for it.\n",
            array->id, array->tasks, array->tasks > 1 ? "s" : "", pack,
            pack > 1 ? "s" : "");
    return 0;
}

// Sends one round of those that have not gone well so far. 0 or a negative errno.
static int round_run(struct course *course, const char *title, struct work work[],
                     size_t count, bool is_alone)
{
    struct round round;
    struct slurm_array array = {.is_alone = is_alone};
    int status = round_create(&round, course, work, count);
    if (status) fprintf(stderr, "grade: %s: %s\n", round.folder, strerror(-status));
    if (!status) status = array_send(&array, course, &round, title);
    if (!status) status = slurm_wait(course, &round, &array, title);
    snprintf(away, sizeof away, "%s", array.away);
    for (size_t i = 0; i < count; i++)
        work[i].status = number_status(course, &round, i, work[i].submission);
    folder_remove(round.folder);
    round_close(&round);
    return status;
}

// Puts what is to be sent again first; how much that is.
static size_t undone_first(struct work work[], size_t count)
{
    size_t undone = 0;
    for (size_t i = 0; i < count; i++) {
        if (!work[i].status) continue;
        struct work first = work[i];
        work[i] = work[undone];
        work[undone++] = first;
    }
    return undone;
}

// Nothing at all was graded, and there are nodes that do not see the folders.
static int blind_tell(const struct course *course)
{
    fprintf(
        stderr,
        "grade: %s and %s have to be in a folder that the nodes share (OUT= names "
        "another one for grades); %s: not there.\n",
        course->root, course->out, away);
    return -EREMOTE;
}

static int engine_run(struct course *course, const char *title, struct work work[],
                      size_t count, bool is_alone)
{
    int status = 0;
    size_t undone = count;
    for (int sends = 0; sends < SENDS && undone && !status; sends++) {
        if (sends)
            fprintf(stderr, "%zu could not be graded there and are sent again.\n",
                    undone);
        status = round_run(course, title, work, undone, is_alone);
        undone = undone_first(work, undone);
    }
    return *away && undone == count ? blind_tell(course) : status;
}

// Another grader has been built since: what the array does is of no use.
static bool is_of(const struct course *course, const struct round *round)
{
    struct course then = {.root = course->root};
    enum pass pass;
    bool is_same = round_read(round, 0, &then, &pass) == 0 &&
                   strcmp(then.grader, course->grader) == 0;
    round_course_close(&then);
    return is_same;
}

static int engine_go_on(struct course *course)
{
    struct round round;
    struct slurm_array array = {0};
    char title[64] = "", *folder = text_format("%s/round", course->out);
    int status = round_open(&round, folder);
    if (!status) status = note_read(&round, &array, title);
    bool is_there = !status;
    if (is_there && !is_of(course, &round)) {
        fprintf(stderr, "Slurm's array %s is of another grader, and ended.\n",
                array.id);
        slurm_array_cancel(&array);
    } else if (is_there && (*array.id || round_done(&round))) {
        fprintf(stderr, "Going on with Slurm's array %s.\n", array.id);
        status = slurm_wait(course, &round, &array, title);
    }
    folder_remove(folder);
    round_close(&round);
    free(folder);
    return is_there ? status : 0;
}

static int engine_open(struct course *course, char *text, size_t size)
{
    int status = site_read(&site, course->site, text, size);
    char *logs = text_format("%s/logs", course->out);
    if (!status) status = slurm_check(&site, text, size);
    if (!status) {
        status = durable_folder_make(logs);
        if (status) snprintf(text, size, "%s: %s", logs, strerror(-status));
    }
    free(logs);
    return status;
}

const struct engine engine_slurm = {"slurm", engine_open, engine_go_on, engine_run};
