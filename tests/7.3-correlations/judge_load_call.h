#ifndef JUDGE_LOAD_CALL_H
#define JUDGE_LOAD_CALL_H

// One call of load_series on files of the judge's own: what is asked, and what came of it.
//
//     struct load_call call;
//     if (!load_call_init(&call, line, executor)) return;
//     load_call_add(&call, "WOOD");
//     if (!load_call_make(&call)) ... call.returned, call.answer
//     load_call_close(&call);

#include "7.3-correlations/exchange.h"
#include "7.3-correlations/judge_load_files.h"
#include "judge/rubric.h"

struct load_call {
    struct line *line;
    enum executor_kind executor;
    char folder[LOAD_FOLDER_SIZE];
    const char *column;
    char paths[LOAD_FILES][LOAD_PATH_SIZE];
    size_t path_count;
    int returned;
    struct load_answer answer;
};

// A call that has the files to choose from, and none of them yet. false, with the verdict in the
// line, where they could not be written.
bool load_call_init(struct load_call *call, struct line *line,
                    enum executor_kind executor);

// Hands over one more file, by its name without .h5; at most LOAD_FILES.
void load_call_add(struct load_call *call, const char *name);

// The call, for a sentence: "load_series (3 threads, close of WOOD.h5, IRON.h5)".
void load_call_text(const struct load_call *call, char *text, size_t size);

// Makes it in a fresh runner. 0, or -1 with the verdict in the line.
int load_call_make(struct load_call *call);

// Removes the files.
void load_call_close(struct load_call *call);

#endif
