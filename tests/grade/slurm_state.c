#include "grade/slurm_state.h"
#include "grade/slurm.h"
#include "grade/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_SIZE = 256 };
enum { BLIND_ROUND = 86, BLIND_ROOT = 87 }; // the statuses of slurm_task.sh

// The columns of squeue's table, and where they begin.
static const char COLUMNS[] =
    "ArrayTaskID:12,State:20,exit_code:12,NodeList:80,Reason:60";
enum {
    STATE_AT = 12,
    CODE_AT = 32,
    NODES_AT = 44,
    REASON_AT = 124,
    REASON_END = 184
};

// A column of a line, without the blanks behind it.
static void column_read(char *value, const char *line, int begin, int end)
{
    int length = (int)strlen(line);
    if (begin > length) begin = length;
    if (end > length) end = length;
    snprintf(value, LINE_SIZE, "%.*s", end - begin, line + begin);
    for (size_t last = strlen(value); last && value[last - 1] == ' ';)
        value[--last] = '\0';
}

static bool is_one_of(const char *word, const char *const words[])
{
    for (; *words; words++)
        if (strcmp(word, *words) == 0) return true;
    return false;
}

// squeue shows the status as wait gives it, or as 86:0.
static int code_read(const char *value)
{
    char *end;
    long code = strtol(value, &end, 10);
    return (int)(*end == ':' ? code : code >> 8);
}

static void blind_add(struct slurm_state *state, const char *node)
{
    size_t length = strlen(state->blind);
    char *known = text_format(",%s,", state->blind),
         *own = text_format(",%s,", node);
    if (*node && !strstr(known, own))
        snprintf(state->blind + length, sizeof state->blind - length, "%s%s",
                 length ? "," : "", node);
    free(own);
    free(known);
}

static void ended_count(struct slurm_state *state, const char *how, int code,
                        const char *nodes)
{
    state->ended++;
    state->failed += strcmp(how, "COMPLETED") != 0;
    if (code != BLIND_ROUND && code != BLIND_ROOT) return;
    state->misses_root |= code == BLIND_ROOT;
    blind_add(state, nodes);
}

static void waiting_count(struct slurm_state *state, const char *reason)
{
    static const char *const never[] = {"PartitionTimeLimit", "PartitionNodeLimit",
                                        "BadConstraints",     "InvalidAccount",
                                        "InvalidQOS",         "AccountNotAllowed",
                                        "QOSNotAllowed",      "ReservationDeleted",
                                        "PartitionConfig",    NULL};
    state->waiting++;
    snprintf(state->reason, sizeof state->reason, "%.60s", reason);
    state->is_hopeless |= is_one_of(reason, never);
}

static void line_count(struct slurm_state *state, const char *line)
{
    static const char *const endings[] = {"COMPLETED", "FAILED",    "TIMEOUT",
                                          "NODE_FAIL", "CANCELLED", "OUT_OF_MEMORY",
                                          "BOOT_FAIL", "DEADLINE",  "PREEMPTED",
                                          "REVOKED",   NULL};
    static const char *const holds[] = {"SPECIAL_EXIT", "REQUEUE_HOLD", NULL};
    char how[LINE_SIZE], code[LINE_SIZE], nodes[LINE_SIZE], reason[LINE_SIZE];
    column_read(how, line, STATE_AT, CODE_AT);
    column_read(code, line, CODE_AT, NODES_AT);
    column_read(nodes, line, NODES_AT, REASON_AT);
    column_read(reason, line, REASON_AT, REASON_END);
    if (is_one_of(how, endings))
        ended_count(state, how, code_read(code), nodes);
    else if (is_one_of(how, holds) || strstr(reason, "held"))
        state->stuck++;
    else if (strcmp(how, "PENDING") == 0)
        waiting_count(state, reason);
    else
        state->running++;
}

void slurm_state_look(const struct slurm_array *array, struct slurm_state *state)
{
    const char *const arguments[] = {"squeue", "-h",      "-r", "-t",    "all",
                                     "-j",     array->id, "-O", COLUMNS, NULL};
    size_t size = (array->tasks + 16) * LINE_SIZE;
    char *said = malloc(size), *rest;
    *state = (struct slurm_state){.is_known = false};
    if (!said) return;
    int status = *array->id ? slurm_run(arguments, said, size) : 0;
    if (!*array->id) *said = '\0';
    // Slurm forgets what has ended.
    bool is_forgotten = status > 0 && strstr(said, "Invalid job id");
    state->is_known = status == 0 || is_forgotten;
    if (status == 0)
        for (char *line = strtok_r(said, "\n", &rest); line;
             line = strtok_r(NULL, "\n", &rest))
            line_count(state, line);
    free(said);
}
