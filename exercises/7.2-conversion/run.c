// Runs 7.2 by hand: removes the .h5 files of an earlier run, converts every .json
// file of the data folder, and says which files failed and how long it took.
//
// The bar counts the .h5 files in the folder, so it works whatever the student's
// code does.

#include "conversion.h"
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "run/clock.h"
#include "run/folder.h"
#include "run/options.h"
#include "run/progress.h"
#include "stocks/stock_table.h"

// A file's status before the call. It is no errno, so one that was forgotten shows.
enum { NO_STATUS = INT_MAX };

static int remove_converted(const char *data_folder)
{
    struct folder folder;
    int status = folder_open(&folder, data_folder, ".h5");
    for (size_t k = 0; k < folder.count; k++) unlink(folder.paths[k]);
    folder_close(&folder);
    return status;
}

static size_t converted_files(const void *data_folder)
{
    return folder_count(data_folder, ".h5");
}

// Reading the file once more tells what a status cannot: which line is wrong, and why.
static void report_failure(const char *path, int status)
{
    if (status == NO_STATUS) {
        printf("%s: convert_files gave it no status.\n", path_name(path));
        return;
    }
    struct stock_error error = {""};
    struct stock_table *table = stock_table_read_json(path, &error);
    printf("%s: status %d, %s", path_name(path), status, strerror(abs(status)));
    puts(table ? "." : ":");
    if (!table) printf("    %s\n", error.text);
    stock_table_destroy(table);
}

// The number of files that were converted; the others get a sentence each.
static size_t report(const struct folder *folder, const int statuses[])
{
    size_t converted = 0;
    for (size_t k = 0; k < folder->count; k++) {
        if (statuses[k] == 0)
            converted++;
        else
            report_failure(folder->paths[k], statuses[k]);
    }
    return converted;
}

static int convert_folder(const struct run_options *options,
                          const struct folder *folder, int statuses[])
{
    int workers = options->workers ? options->workers : executor_cpu_count();
    struct progress progress;
    progress_start(&progress, "files", folder->count, converted_files,
                   options->data_folder);
    double begin = clock_seconds();
    int status =
        convert_files(options->kind, workers, (const char *const *)folder->paths,
                      folder->count, statuses);
    double seconds = clock_seconds() - begin;
    progress_stop(&progress);
    if (status) {
        fprintf(stderr, "convert_files returned %d: %s.\n", status,
                strerror(abs(status)));
        return EXIT_FAILURE;
    }
    size_t converted = report(folder, statuses);
    printf("%zu of %zu files converted in %.3f s (%s, workers: %d)\n", converted,
           folder->count, seconds, options->executor_name, workers);
    return converted == folder->count ? EXIT_SUCCESS : EXIT_FAILURE;
}

int main(int argc, char *argv[])
{
    struct run_options options;
    if (!run_options_parse(&options, argc, argv)) return 2;
    struct folder folder = {0};
    int status = remove_converted(options.data_folder);
    if (!status) status = folder_open(&folder, options.data_folder, ".json");
    if (status || folder.count == 0) {
        fprintf(stderr, "No .json files in %s: %s.\n", options.data_folder,
                status ? strerror(-status) : "run `make data` first");
        return 2;
    }
    int exit_status = EXIT_FAILURE;
    int *statuses = malloc(folder.count * sizeof *statuses);
    for (size_t k = 0; statuses && k < folder.count; k++) statuses[k] = NO_STATUS;
    if (statuses) exit_status = convert_folder(&options, &folder, statuses);
    free(statuses);
    folder_close(&folder);
    return exit_status;
}
