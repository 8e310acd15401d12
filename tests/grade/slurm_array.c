#include "grade/slurm_array.h"
#include "grade/slurm.h"
#include "grade/text.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
    WORDS = 32,
    TASK_MINUTES = 10, // of a task, and more for each of its submissions
    EACH_MINUTES = 5,
};

struct words {
    char *values[WORDS + 1];
    unsigned count;
};

static void word_add(struct words *words, char *word)
{
    if (words->count == WORDS) abort();
    words->values[words->count++] = word;
    words->values[words->count] = NULL;
}

static void option_add(struct words *words, const char *option, const char *value)
{
    if (value && *value) word_add(words, text_format("--%s=%s", option, value));
}

static void words_free(struct words *words)
{
    for (unsigned i = 0; i < words->count; i++) free(words->values[i]);
}

static char *name_of(const struct round *round)
{
    return text_format("workbook-%s", round->id);
}

static void site_add(struct words *words, const struct site *site, unsigned pack)
{
    char minutes[16];
    snprintf(minutes, sizeof minutes, "%u", TASK_MINUTES + pack * EACH_MINUTES);
    option_add(words, "partition", site->partition);
    option_add(words, "account", site->account);
    option_add(words, "qos", site->qos);
    option_add(words, "constraint", site->constraint);
    option_add(words, "reservation", site->reservation);
    option_add(words, "time", site->time ? site->time : minutes);
    option_add(words, "mem", site->memory);
    option_add(words, "cpus-per-task", site->cpus);
}

// The script and its arguments come last. What it prints goes to OUT/logs, once it sees that.
static void script_add(struct words *words, const struct slurm_array *array,
                       const struct course *course, const struct round *round)
{
    word_add(words, text_format("%s/tests/grade/slurm_task.sh", course->root));
    word_add(words, text_format("%s", course->root));
    word_add(words, text_format("%s/tests/grade/one/main", course->built));
    word_add(words, text_format("%s", round->folder));
    word_add(words, text_format("%s", round->id));
    word_add(words, text_format("%u", array->pack));
    word_add(words, text_format("%zu", round->count));
    word_add(words, text_format("%s/logs", course->out));
}

static void sbatch_make(struct words *words, const struct slurm_array *array,
                        const struct site *site, const struct course *course,
                        const struct round *round)
{
    char *name = name_of(round), *at_once = NULL;
    if (site->at_once) at_once = text_format("%%%s", site->at_once);
    *words = (struct words){.count = 0};
    word_add(words, text_format("sbatch"));
    word_add(words, text_format("--parsable"));
    word_add(words, text_format("--requeue"));
    word_add(words, text_format("--nodes=1"));
    word_add(words, text_format("--ntasks=1"));
    word_add(words, text_format("--export=PATH,HOME"));
    word_add(words, text_format("--chdir=/"));
    word_add(words, text_format("--output=/dev/null"));
    word_add(words, text_format("--array=0-%zu%s", array->tasks - 1,
                                at_once ? at_once : ""));
    option_add(words, "job-name", name);
    option_add(words, "exclude", array->away);
    if (array->is_alone) word_add(words, text_format("--exclusive"));
    site_add(words, site, array->pack);
    script_add(words, array, course, round);
    free(at_once);
    free(name);
}

// The array's number is in the last line that begins with one.
static bool id_read(struct slurm_array *array, const char *said)
{
    for (const char *line = said; line; line = strchr(line, '\n')) {
        if (*line == '\n') line++;
        size_t digits = strspn(line, "0123456789");
        if (digits && digits < sizeof array->id)
            snprintf(array->id, sizeof array->id, "%.*s", (int)digits, line);
    }
    return *array->id != '\0';
}

int slurm_array_send(struct slurm_array *array, const struct site *site,
                     const struct course *course, const struct round *round,
                     char *text, size_t size)
{
    struct words words;
    char said[4096];
    *array->id = '\0';
    sbatch_make(&words, array, site, course, round);
    int status = slurm_run((const char *const *)words.values, said, sizeof said);
    words_free(&words);
    if (status == 0 && id_read(array, said)) return 0;
    slurm_said_clean(said);
    snprintf(text, size, "Slurm does not take the work: %.600s",
             *said ? said : "sbatch said nothing");
    return status < 0 ? status : -EREMOTEIO;
}

void slurm_array_find(struct slurm_array *array, const struct round *round)
{
    char said[4096], *name = name_of(round);
    const char *const arguments[] = {"squeue", "-h", "-t", "all", "-n",
                                     name,     "-o", "%F", NULL};
    int status = slurm_run(arguments, said, sizeof said);
    free(name);
    *array->id = '\0';
    if (status == 0) id_read(array, said);
}

void slurm_array_avoid(const struct slurm_array *array, const char *nodes)
{
    char said[1024], *job = text_format("JobId=%s", array->id);
    char *list = text_format("ExcNodeList=%s", nodes);
    slurm_run((const char *const[]){"scontrol", "update", job, list, NULL}, said,
              sizeof said);
    free(list);
    free(job);
}

void slurm_array_cancel(const struct slurm_array *array)
{
    char said[1024];
    if (!*array->id) return;
    slurm_run((const char *const[]){"scancel", array->id, NULL}, said, sizeof said);
}
