// Draws what 7.2 and 7.3 found: runs the student's load_series and correlate_pairs, and writes
// what gnuplot needs for three pictures:
//     plot FOLDER [NAME=VALUE of run-7.3 ...]

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "correlations.h"
#include "pictures/plot/plot_files.h"
#include "run/folder.h"
#include "run/options.h"

static int say_failure(const char *what, int status)
{
    fprintf(stderr, "%s: %s.\n", what, strerror(abs(status)));
    return EXIT_FAILURE;
}

static int write_files(struct plotted *plotted)
{
    int status = plot_write_series(plotted);
    if (!status) status = plot_write_pair(plotted);
    if (!status) status = plot_write_matrix(plotted);
    return status ? say_failure(plotted->folder, status) : EXIT_SUCCESS;
}

static int correlate_and_write(const struct run_options *options, int workers,
                               struct plotted *plotted)
{
    size_t n = plotted->series->series_count;
    double *r = calloc(n * n + 1, sizeof *r);
    size_t *order = calloc(n + 1, sizeof *order);
    int exit_status = EXIT_FAILURE;
    int status = r && order ? correlate_pairs(options->kind, workers,
                                              plotted->series, r, &plotted->best)
                            : -ENOMEM;
    plotted->r = r;
    plotted->order = order;
    if (status)
        say_failure("correlate_pairs", status);
    else if (plotted->best.a >= n || plotted->best.b >= n)
        fputs("correlate_pairs chose a series that is not there.\n", stderr);
    else
        exit_status = write_files(plotted);
    free(r);
    free(order);
    return exit_status;
}

static int load_and_write(const struct run_options *options,
                          const struct folder *files, const char *folder)
{
    int workers = options->workers ? options->workers : executor_cpu_count();
    struct aligned_series series = {0};
    int status =
        load_series(options->kind, workers, (const char *const *)files->paths,
                    files->count, options->column, &series);
    if (status) return say_failure("load_series", status);
    if (series.length == 0) {
        fputs("The series have no moment in common.\n", stderr);
        return EXIT_FAILURE;
    }
    struct plotted plotted = {.folder = folder,
                              .column = options->column,
                              .files = files,
                              .series = &series};
    int exit_status = correlate_and_write(options, workers, &plotted);
    aligned_series_close(&series);
    return exit_status;
}

int main(int argc, char *argv[])
{
    struct run_options options;
    if (argc < 2 || !run_options_parse(&options, argc - 1, argv + 1)) return 2;
    struct folder files;
    int status = folder_open(&files, options.data_folder, ".h5");
    if (status || files.count == 0) {
        fprintf(stderr, "No .h5 files in %s: run `make run-7.2` first.\n",
                options.data_folder);
        return 2;
    }
    int exit_status = load_and_write(&options, &files, argv[1]);
    folder_close(&files);
    return exit_status;
}
