// Rows and ratios are kept as the JSON that is written in the end; tables are printed from it.

#include "bench/bench.h"
#include "judge/median.h"
#include <errno.h>
#include <jansson.h>
#include <math.h>
#include <sched.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>

struct bench {
    json_t *root;
    json_t *rows;   // borrowed from root
    json_t *ratios; // borrowed from root
};

void bench_die(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fprintf(stderr, "%s: ", program_invocation_short_name);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(EXIT_FAILURE);
}

double bench_now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

// Owned by the caller (free).
static double *copy_of(const double values[], size_t runs)
{
    double *copy = malloc(runs * sizeof *copy + 1);
    if (!copy || runs == 0) bench_die("nothing was measured");
    memcpy(copy, values, runs * sizeof *copy);
    return copy;
}

double bench_median(const double values[], size_t runs)
{
    double *copy = copy_of(values, runs);
    double median = median_of(copy, runs);
    free(copy);
    return median;
}

double bench_median_ratio(const double over[], const double under[], size_t runs)
{
    double *ratios = malloc(runs * sizeof *ratios + 1);
    if (!ratios) bench_die("out of memory");
    for (size_t i = 0; i < runs; i++) ratios[i] = over[i] / under[i];
    double median = bench_median(ratios, runs);
    free(ratios);
    return median;
}

static int cpu_count(void)
{
    cpu_set_t cpus;
    return sched_getaffinity(0, sizeof cpus, &cpus) == 0 ? CPU_COUNT(&cpus) : 1;
}

// What /proc/cpuinfo calls the processor; "" where it does not say.
static void read_cpu_name(char *name, size_t size)
{
    char line[256];
    FILE *file = fopen("/proc/cpuinfo", "re");
    name[0] = '\0';
    while (file && !name[0] && fgets(line, sizeof line, file)) {
        const char *colon = strchr(line, ':');
        if (strncmp(line, "model name", 10) == 0 && colon)
            snprintf(name, size, "%.*s", (int)strcspn(colon + 2, "\n"), colon + 2);
    }
    if (file) fclose(file);
}

struct bench *bench_create(const char *exercise)
{
    char cpu_name[128];
    struct utsname kernel;
    struct bench *bench = calloc(1, sizeof *bench);
    if (!bench || uname(&kernel) < 0) bench_die("cannot begin");
    read_cpu_name(cpu_name, sizeof cpu_name);
    bench->root = json_pack("{s:s, s:s, s:{s:i, s:s, s:s}, s:[], s:[]}", "schema",
                            "workbook-bench/1", "exercise", exercise, "machine",
                            "cpus", cpu_count(), "cpu", cpu_name, "kernel",
                            kernel.release, "rows", "ratios");
    bench->rows = json_object_get(bench->root, "rows");
    bench->ratios = json_object_get(bench->root, "ratios");
    if (!bench->ratios) bench_die("cannot begin");
    return bench;
}

void bench_row(struct bench *bench, const char *measure, const char *subject,
               const char *unit, const double values[], size_t runs)
{
    double *ordered = copy_of(values, runs), median = median_of(ordered, runs);
    json_t *row =
        json_pack("{s:s, s:s, s:f, s:s, s:I, s:f, s:f}", "measure", measure,
                  "subject", subject, "value", median, "unit", unit, "runs",
                  (json_int_t)runs, "min", ordered[0], "max", ordered[runs - 1]);
    free(ordered);
    if (json_array_append_new(bench->rows, row) < 0)
        bench_die("%s, %s: no finite numbers", measure, subject);
}

void bench_ratio(struct bench *bench, const char *measure, const char *subject,
                 const char *against, double ratio)
{
    json_t *entry = json_pack("{s:s, s:s, s:s, s:f}", "measure", measure, "subject",
                              subject, "against", against, "ratio", ratio);
    if (json_array_append_new(bench->ratios, entry) < 0)
        bench_die("%s, %s: no finite ratio", measure, subject);
}

static void print_rows(const json_t *rows)
{
    size_t index;
    json_t *row;
    printf("%-18s %-20s %12s %12s %12s  %-8s %s\n", "measure", "subject", "median",
           "least", "greatest", "unit", "runs");
    json_array_foreach(rows, index, row)
    {
        const char *measure, *subject, *unit;
        double value, least, greatest;
        json_int_t runs;
        json_unpack(row, "{s:s, s:s, s:F, s:s, s:I, s:F, s:F}", "measure", &measure,
                    "subject", &subject, "value", &value, "unit", &unit, "runs",
                    &runs, "min", &least, "max", &greatest);
        printf("%-18s %-20s %12.4g %12.4g %12.4g  %-8s %d\n", measure, subject,
               value, least, greatest, unit, (int)runs);
    }
}

static void print_ratios(const json_t *ratios)
{
    size_t index;
    json_t *entry;
    printf("\n%-18s %-20s %-20s %8s\n", "measure", "subject", "against", "ratio");
    json_array_foreach(ratios, index, entry)
    {
        const char *measure, *subject, *against;
        double ratio;
        json_unpack(entry, "{s:s, s:s, s:s, s:F}", "measure", &measure, "subject",
                    &subject, "against", &against, "ratio", &ratio);
        printf("%-18s %-20s %-20s %8.3g\n", measure, subject, against, ratio);
    }
}

// Makes the folders on the way to the file.
static void make_folders(const char *path)
{
    char folder[4096];
    if (snprintf(folder, sizeof folder, "%s", path) >= (int)sizeof folder) return;
    for (char *slash = folder; (slash = strchr(slash + 1, '/'));) {
        *slash = '\0';
        mkdir(folder, 0777);
        *slash = '/';
    }
}

int bench_finish(struct bench *bench, const char *path)
{
    print_rows(bench->rows);
    print_ratios(bench->ratios);
    make_folders(path);
    if (json_dump_file(bench->root, path, JSON_INDENT(2) | JSON_REAL_PRECISION(6)) <
        0)
        bench_die("%s: %s", path, strerror(errno));
    printf("\n%s\n", path);
    json_decref(bench->root);
    free(bench);
    return EXIT_SUCCESS;
}
