// What the reference reaches with two workers on two free processors: the I of every speed
// line, measured anew and written to tests/7.x/speedup.txt.
//
//     calibrate ROOT [exercise=7.2] [quiet=yes] [rounds=FILE]
//
// It asks whether the machine is quiet, unless quiet says so, and sees for itself. A reference
// that gains less than 1.5 is refused: then T would be so near to 1 that nothing could be told.
// With rounds nothing is measured: FILE is a JSON object that has, for "7.2 threads" and so on,
// an array of what was measured, each an array of rounds (rounds_json.h). It exits with 0 when
// all was written, with 1 when something was refused, with 2 when it could not work.

#include "judge/box_choose.h"
#include "judge/build.h"
#include "judge/results.h"
#include "judge/verdicts/rounds_json.h"
#include "judge/verdicts/measured.h"
#include <errno.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

enum { TIMES = 4, ROUNDS = 16, QUIET_ROUNDS = 7, WORKERS = 2, EXIT_UNABLE = 2 };

static const double LEAST_GAIN = 1.5;
static const char OUTPUT[] = "build/calibrate";

struct calibration {
    const char *root;
    const char *exercise; // NULL: all
    bool is_quiet;
    json_t *recorded; // NULL: measure
    struct rubric rubric;
    struct box box;
    struct build_place place;
    unsigned seed;
};

// What was found for one exercise and executor.
struct gain {
    double least;       // of the estimates; NAN: none was quiet enough
    int count;          // of those that were
    double baseline_ms; // least cpu(S)
};

static void gain_add(struct gain *gain, const struct round rounds[], int count)
{
    struct speed speed = speed_weigh(rounds, count, 2, WORKERS, true);
    for (int i = 0; i < count; i++)
        gain->baseline_ms =
            fmin(gain->baseline_ms, (double)rounds[i].baseline.cpu_ns / 1e6);
    if (speed.quiet_rounds < QUIET_ROUNDS) return;
    gain->least = fmin(gain->least, speed.estimate); // NAN does not count
    gain->count++;
}

static int recorded_weigh(const json_t *measurements, struct gain *gain)
{
    static struct round rounds[ROUND_LIMIT];
    size_t index;
    json_t *array;
    json_array_foreach(measurements, index, array)
    {
        int count = rounds_from_json(array, rounds);
        if (count < 1) return -EINVAL;
        gain_add(gain, rounds, count);
    }
    return 0;
}

static int gain_measure(struct calibration *calibration, struct exercise *exercise,
                        enum executor_kind executor, struct gain *gain)
{
    static const struct trial_mode mode = {.rounds = ROUNDS, .expected = 2};
    static const struct condition idle = {.name = "idle"};
    struct load nothing = {{0}, ""};
    struct variant reference = {.name = "reference", .exercise = exercise};
    snprintf(reference.runner, sizeof reference.runner, "%s", exercise->runner);
    for (int i = 0; i < TIMES; i++) {
        const struct measured *measured =
            measured_find(&calibration->rubric, &reference, executor, &idle,
                          &nothing, calibration->seed++, &mode);
        if (!measured || !measured->is_whole) return -ECHILD;
        if (measured->count == 0) {
            fprintf(stderr, "calibrate: %s: %s\n", exercise->id, measured->message);
            return -EINVAL;
        }
        gain_add(gain, measured->rounds, measured->count);
    }
    return 0;
}

static int gain_find(struct calibration *calibration, struct exercise *exercise,
                     enum executor_kind executor, struct gain *gain)
{
    char key[64];
    *gain = (struct gain){NAN, 0, INFINITY};
    if (!calibration->recorded)
        return gain_measure(calibration, exercise, executor, gain);
    snprintf(key, sizeof key, "%s %s", exercise->id, line_executor_name(executor));
    const json_t *measurements = json_object_get(calibration->recorded, key);
    return measurements ? recorded_weigh(measurements, gain) : -ENOENT;
}

// Tells what was found; false when it cannot be what speed is measured against.
static bool gain_is_enough(const struct exercise *exercise,
                           enum executor_kind executor, const struct gain *gain)
{
    const char *name = line_executor_name(executor);
    if (gain->count == 0)
        printf("%s %-9s refused: never were %d rounds quiet. Is another program "
               "running?\n",
               exercise->id, name, QUIET_ROUNDS);
    else if (gain->least < LEAST_GAIN)
        printf("%s %-9s refused: the reference gains %.2f with %d workers, and less "
               "than %.1f cannot be told from noise. Does it take long enough?\n",
               exercise->id, name, gain->least, WORKERS, LEAST_GAIN);
    else
        printf("%s %-9s %.2f\n", exercise->id, name, gain->least);
    fflush(stdout);
    return gain->count > 0 && gain->least >= LEAST_GAIN;
}

static int gains_write(const struct calibration *calibration,
                       const struct exercise *exercise, const struct gain gains[2])
{
    char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%.2000s/tests/%.200s/speedup.txt",
             calibration->root, exercise->folder);
    FILE *file = fopen(path, "we");
    if (!file) return -errno;
    fprintf(
        file,
        "# What the solution reaches with %d workers on %d free processors, as "
        "make calibrate\n# found it: the least estimate of %d times %d rounds.\n",
        WORKERS, WORKERS, TIMES, ROUNDS);
    for (int executor = 0; executor < 2; executor++)
        fprintf(file, "%-9.2f %-10s # the sequential code takes %.0f ms\n",
                gains[executor].least, line_executor_name(executor),
                gains[executor].baseline_ms);
    return fclose(file) == 0 ? 0 : -EIO;
}

// 0, 1 when it is refused, or a negative errno.
static int exercise_calibrate(struct calibration *calibration,
                              struct exercise *exercise)
{
    struct gain gains[2];
    bool is_enough = true;
    int status = 0;
    if (!calibration->recorded) {
        status = build_runner(exercise, &calibration->place, "solutions");
        if (!status && exercise->build != BUILD_OK) status = -ENOENT;
    }
    for (int executor = 0; executor < 2 && !status; executor++) {
        status = gain_find(calibration, exercise, executor, &gains[executor]);
        if (!status)
            is_enough &= gain_is_enough(exercise, executor, &gains[executor]);
    }
    if (status || !is_enough) return status ? status : 1;
    return gains_write(calibration, exercise, gains);
}

static bool has_speedup(const struct calibration *calibration,
                        const struct exercise *exercise)
{
    char path[2 * PATH_SIZE];
    snprintf(path, sizeof path, "%.2000s/tests/%.200s/speedup.txt",
             calibration->root, exercise->folder);
    return access(path, F_OK) == 0 &&
           (!calibration->exercise || !strcmp(calibration->exercise, exercise->id));
}

static int calibration_prepare(struct calibration *calibration)
{
    static char probe[PATH_SIZE], hidden[PATH_SIZE];
    if (chdir(calibration->root) < 0) return -errno;
    snprintf(probe, sizeof probe, "%s/%s/tests/judge/probe/main", calibration->root,
             JUDGE_BUILT);
    snprintf(hidden, sizeof hidden, "%s/Makefile", calibration->root);
    calibration->box = box_choose(probe, hidden, ISOLATION_FULL);
    calibration->place =
        (struct build_place){calibration->root, JUDGE_BUILT, OUTPUT};
    unsigned count;
    struct exercise *all = exercises(&count);
    for (unsigned i = 0; i < count; i++) all[i].box = &calibration->box;
    return measured_prepare(&calibration->rubric);
}

static bool machine_is_quiet(const struct calibration *calibration)
{
    char answer[16] = "";
    if (calibration->is_quiet || calibration->recorded) return true;
    printf("This takes two minutes. Is no other program running on this machine? "
           "[y/N] ");
    fflush(stdout);
    return fgets(answer, sizeof answer, stdin) && strchr("yY", answer[0]) &&
           answer[0];
}

static bool argument_read(struct calibration *calibration, const char *value)
{
    const char *text = strchr(value, '=');
    if (!text++) return false;
    if (!*text) return true; // make hands on what was not given
    if (strncmp(value, "exercise=", 9) == 0)
        calibration->exercise = text;
    else if (strncmp(value, "quiet=", 6) == 0)
        calibration->is_quiet = strcmp(text, "yes") == 0;
    else if (strncmp(value, "rounds=", 7) == 0)
        return (calibration->recorded = json_load_file(text, 0, NULL)) != NULL;
    else
        return false;
    return true;
}

int main(int count, char *values[])
{
    static struct calibration calibration;
    bool is_right = count >= 2;
    for (int i = 2; i < count; i++)
        is_right = is_right && argument_read(&calibration, values[i]);
    if (!is_right) {
        fprintf(stderr, "usage: calibrate ROOT [exercise=ID] [quiet=yes] "
                        "[rounds=FILE]\n");
        return EXIT_UNABLE;
    }
    signal(SIGPIPE, SIG_IGN);
    calibration.root = values[1];
    if (!machine_is_quiet(&calibration)) {
        printf("Nothing was measured.\n");
        return EXIT_UNABLE;
    }
    int status = 0, refused = 0;
    if (getrandom(&calibration.seed, 4, 0) != 4) status = -EIO;
    if (!status && !calibration.recorded) status = calibration_prepare(&calibration);
    unsigned exercise_count;
    struct exercise *all = exercises(&exercise_count);
    for (unsigned i = 0; i < exercise_count && status >= 0; i++) {
        if (!has_speedup(&calibration, &all[i])) continue;
        status = exercise_calibrate(&calibration, &all[i]);
        refused += status > 0;
    }
    json_decref(calibration.recorded);
    if (status < 0) fprintf(stderr, "calibrate: %s\n", strerror(-status));
    return status < 0 ? EXIT_UNABLE : refused > 0;
}
