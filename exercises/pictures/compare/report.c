// A line of a table has at most 96 letters.

#include "pictures/compare/report.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void report_open(struct report *report, const char *folder, const char *exercise)
{
    *report = (struct report){.folder = folder, .exercise = exercise};
    report->root =
        json_pack("{s:s, s:s, s:{s:i}}", "schema", "workbook-compare/1", "exercise",
                  exercise, "machine", "cpus", executor_cpu_count());
    if (!report->root) compare_die("No memory for a report.");
}

void report_add(struct report *report, const char *list, json_t *value)
{
    json_t *array = json_object_get(report->root, list);
    if (!array) {
        array = json_array();
        json_object_set_new(report->root, list, array);
    }
    if (json_array_append_new(array, value))
        compare_die("%s: no finite number", list);
}

json_t *report_spread(struct spread spread, double scale)
{
    return json_pack("{s:f, s:f, s:f}", "median", spread.median * scale, "lower",
                     spread.lower * scale, "upper", spread.upper * scale);
}

FILE *report_file(const struct report *report, const char *name, const char *suffix)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s-%s.%s", report->folder, report->exercise,
             name, suffix);
    FILE *file = fopen(path, "w");
    if (!file) compare_die("%s: %s", path, strerror(errno));
    return file;
}

// CPUs or more workers than these: where more cannot help work that computes.
static char mark_of(int workers)
{
    return workers == executor_cpu_count() ? '*' : ' ';
}

static void print_row(const struct study *study, size_t k)
{
    const struct subject *subject = &study->subject[k];
    struct spread ms = study_seconds(study, k);
    char quartiles[40];
    snprintf(quartiles, sizeof quartiles, "(%.1f - %.1f)", 1e3 * ms.lower,
             1e3 * ms.upper);
    printf("%-11s %5d%c %9.1f %-18s", name_of_way(subject->way), subject->workers,
           mark_of(subject->workers), 1e3 * ms.median, quartiles);
    if (subject->way == WAY_SEQUENTIAL) {
        puts("");
        return;
    }
    struct spread speedup = study_speedup(study, k);
    snprintf(quartiles, sizeof quartiles, "(%.2f - %.2f)", speedup.lower,
             speedup.upper);
    printf(" %6.2f %-15s %6.0f %% %7.2f %5.0f %%\n", speedup.median, quartiles,
           100 * speedup.median / subject->workers,
           study_limit(study, subject->workers).median,
           100 * study_part(study, k).median);
}

static void print_table(const struct study *study)
{
    printf("\n%s %s: %s\n", study->exercise, study->name, study->what);
    printf("rounds: %zu, in turns; medians and (quartiles); *: as many workers as "
           "CPUs\n\n",
           study->rounds);
    printf("%-11s %6s %9s %-18s %6s %-15s %8s %7s %7s\n", "", "", "time", "",
           "times", "", "effi-", "machine", "part of");
    printf("%-11s %6s %9s %-18s %6s %-15s %8s %7s %7s\n", "way", "workers", "ms", "",
           "faster", "", "ciency", "gives", "that");
    for (size_t k = 0; k < study->count; k++) print_row(study, k);
}

static json_t *json_of_subject(const struct study *study, size_t k)
{
    const struct subject *subject = &study->subject[k];
    double per_worker = 1.0 / subject->workers;
    return json_pack("{s:s, s:i, s:o, s:o, s:o, s:o, s:o}", "way",
                     name_of_way(subject->way), "workers", subject->workers,
                     "seconds", report_spread(study_seconds(study, k), 1), "speedup",
                     report_spread(study_speedup(study, k), 1), "efficiency",
                     report_spread(study_speedup(study, k), per_worker),
                     "attainable",
                     report_spread(study_limit(study, subject->workers), 1),
                     "part_of_attainable", report_spread(study_part(study, k), 1));
}

static void put_spread(FILE *file, struct spread spread)
{
    fprintf(file, " %.6g %.6g %.6g", spread.median, spread.lower, spread.upper);
}

// A line a number of workers: threads, processes, the limit, three numbers each.
static void write_curves(const struct report *report, const struct study *study)
{
    FILE *file = report_file(report, study->name, "dat");
    for (size_t k = 0; k < study->worker_counts; k++) {
        fprintf(file, "%d", study->workers[k]);
        put_spread(file, study_speedup(study, 1 + k));
        put_spread(file, study_speedup(study, 1 + study->worker_counts + k));
        put_spread(file, study_limit(study, study->workers[k]));
        fputc('\n', file);
    }
    fclose(file);
    file = report_file(report, study->name, "gp");
    fprintf(file,
            "picture_title = \"%s %s: how many times faster?\\n%s\"\ncpus = %d\n"
            "most_workers = %d\n",
            study->exercise, study->name, study->what, executor_cpu_count(),
            study->workers[study->worker_counts - 1]);
    fclose(file);
}

void report_study(struct report *report, const struct study *study)
{
    print_table(study);
    json_t *rows = json_array();
    for (size_t k = 0; k < study->count; k++)
        json_array_append_new(rows, json_of_subject(study, k));
    report_add(report, "studies",
               json_pack("{s:s, s:s, s:I, s:o}", "name", study->name, "what",
                         study->what, "rounds", (json_int_t)study->rounds, "rows",
                         rows));
    write_curves(report, study);
}

void report_close(struct report *report)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/%s.json", report->folder, report->exercise);
    if (json_dump_file(report->root, path, JSON_INDENT(2) | JSON_REAL_PRECISION(6)))
        compare_die("%s cannot be written.", path);
    printf("\n%s\n", path);
    json_decref(report->root);
}
