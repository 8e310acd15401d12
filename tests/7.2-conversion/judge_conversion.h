#ifndef JUDGE_CONVERSION_H
#define JUDGE_CONVERSION_H

// One run of convert_files on files that were never there before, and what came of it.
//
//     struct conversion *conversion = conversion_start(line, executor, workers);
//     conversion_add(conversion, stock_file_create(STOCK_FILE_PLAIN, 300));
//     if (!conversion_run(conversion, exercise->runner) && !outcome_check(conversion))
//         line_pass(line);
//     conversion_close(conversion);

#include "7.2-conversion/judge_request_folder.h"
#include "7.2-conversion/judge_stock_file.h"
#include "7.2-conversion/reading.h"
#include "judge/rubric.h"
#include "judge/runner_process.h"

enum { INPUT_LIMIT = 32, INPUT_NAME_SIZE = 32 };

enum before { NOTHING_BEFORE, OLD_FILE_BEFORE, FOLDER_BEFORE };

enum { OLD_SIZE = 32 };
extern const char old_content[OLD_SIZE]; // of an OLD_FILE_BEFORE

// How the judge hands out the files of a run.
enum delivery {
    DELIVER_FILES, // they are there, as files are
    DELIVER_HELD,  // they are pipes, silent until `workers` of them are being read
    DELIVER_FIRST, // they are pipes, silent until the first is done with and all else waits
};

struct input {
    struct stock_file *file; // what the JSON file says; given
    const char *suffix;      // ".json", or one that does not do
    const char *what;        // in parentheses: "its last line is cut"; NULL: sound
    bool is_missing;         // there is no such file
    enum before before;      // what stands at NAME.h5 before the call
    int status;              // which convert_files must give it
    char json_name[INPUT_NAME_SIZE]; // filled in by conversion_run
    char hdf5_name[INPUT_NAME_SIZE];
    // For pipes:
    int pipe; // the end that the judge writes to; -1: nobody reads it, or all is written
    bool is_fed;    // all is written
    size_t written; // bytes
};

struct conversion {
    // Set by the test:
    struct line *line;
    enum executor_kind executor;
    int workers;
    int64_t limit_ns;
    enum delivery delivery;
    unsigned count;
    struct input input[INPUT_LIMIT];
    // What came of it:
    char text[96]; // the call, for a sentence
    int statuses[INPUT_LIMIT + ANSWER_EXTRA];
    int returned;
    struct run_cost cost;
    struct request_folder folder;
};

// A run without files yet. There is one at a time.
struct conversion *conversion_start(struct line *line, enum executor_kind executor,
                                    int workers);

// Adds a file (given; NULL: there was no memory, and the run will say so); it is sound and
// stands alone until the test changes it.
struct input *conversion_add(struct conversion *conversion, struct stock_file *file);

// Calls convert_files with a fresh folder in a fresh runner. 0, or -1 when there is a verdict
// already, which stands in the line. May be called again, for another program.
int conversion_run(struct conversion *conversion, const char *program);

// The verdict on an input that has status 0, but whose HDF5 file is not right: what ("is not
// there") follows its name. -1.
int input_fail(const struct conversion *conversion, const struct input *input,
               const char *diagnosis, const char *what);

// Frees the files and removes the folder.
void conversion_close(struct conversion *conversion);

#endif
