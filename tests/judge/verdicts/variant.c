#include "judge/verdicts/variant.h"
#include "judge/build.h"
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static const char FOLDER[] = "tests/judge/verdicts";

static int is_variant(const struct dirent *entry)
{
    const char *end = strrchr(entry->d_name, '.');
    return end && strcmp(end, ".c") == 0 && strcmp(entry->d_name, "given.c") != 0;
}

static bool variant_read(const char *root, struct variant *variant)
{
    char path[2 * PATH_SIZE], row[256] = "", kind[256] = "";
    snprintf(path, sizeof path, "%.2000s/%s/%.200s/%s.c", root, FOLDER,
             variant->exercise->folder, variant->name);
    FILE *file = fopen(path, "re");
    if (!file || !fgets(variant->words, sizeof variant->words, file)) return false;
    while (fgets(row, sizeof row, file) && strncmp(row, "//", 2) == 0)
        if (strncmp(row, "// verdict: ", 12) == 0)
            snprintf(kind, sizeof kind, "%s", row + 12);
    fclose(file);
    variant->is_honest = strncmp(kind, "never fail", 10) == 0;
    return variant->is_honest || strncmp(kind, "never pass", 10) == 0;
}

int variants_list(const char *root, struct variant variants[VARIANT_LIMIT])
{
    unsigned count;
    int found = 0;
    struct exercise *all = exercises(&count);
    for (unsigned i = 0; i < count; i++) {
        char path[2 * PATH_SIZE];
        struct dirent **entries;
        snprintf(path, sizeof path, "%.2000s/%s/%.200s", root, FOLDER,
                 all[i].folder);
        int entry_count = scandir(path, &entries, is_variant, alphasort);
        for (int k = 0; k < entry_count; k++) {
            struct variant *variant = &variants[found];
            if (found < VARIANT_LIMIT) {
                *variant = (struct variant){.exercise = &all[i]};
                snprintf(variant->name, sizeof variant->name, "%.*s",
                         (int)strcspn(entries[k]->d_name, "."), entries[k]->d_name);
                if (!variant_read(root, variant)) return -EINVAL;
                found++;
            }
            free(entries[k]);
        }
        if (entry_count >= 0) free(entries);
    }
    return found;
}

static int file_append(FILE *out, const char *path)
{
    char part[4096];
    FILE *in = fopen(path, "re");
    if (!in) return -errno;
    for (size_t size; (size = fread(part, 1, sizeof part, in)) > 0;)
        fwrite(part, 1, size, out);
    fclose(in);
    return 0;
}

// The function that is timed: given.c begins with its name.
static int function_find(const char *path, char name[64])
{
    FILE *file = fopen(path, "re");
    if (!file) return -errno;
    int count = fscanf(file, "// function: %63[a-z0-9_]", name);
    fclose(file);
    return count == 1 ? 0 : -EINVAL;
}

static int source_write(const struct variant *variant, const char *root,
                        const char *path)
{
    const struct exercise *exercise = variant->exercise;
    char part[2 * PATH_SIZE], name[64];
    snprintf(part, sizeof part, "%.2000s/%s/%.200s/given.c", root, FOLDER,
             exercise->folder);
    int status = function_find(part, name);
    FILE *out = status ? NULL : fopen(path, "we");
    if (!out) return status ? status : -errno;
    fprintf(out, "#define %s baseline\n", name);
    snprintf(part, sizeof part, "%.2000s/tests/%.200s/baseline.c", root,
             exercise->folder);
    status = file_append(out, part);
    fprintf(out, "#undef %s\n", name);
    const char *const files[] = {"given", variant->name};
    for (int i = 0; i < 2 && !status; i++) {
        snprintf(part, sizeof part, "%.2000s/%s/%.200s/%.100s.c", root, FOLDER,
                 exercise->folder, files[i]);
        status = file_append(out, part);
    }
    return fclose(out) == 0 ? status : -EIO;
}

int variant_build(struct variant *variant, const struct build_place *place)
{
    struct exercise *exercise = variant->exercise;
    struct build_place own = *place;
    char output[PATH_SIZE], folder[2 * PATH_SIZE], path[3 * PATH_SIZE];
    snprintf(output, sizeof output, "%.2000s/%s", place->output, variant->name);
    snprintf(folder, sizeof folder, "%.2000s/%.1000s/submission", place->root,
             output);
    own.output = output;
    mkdir(place->output, 0755);
    mkdir(output, 0755);
    mkdir(folder, 0755);
    snprintf(path, sizeof path, "%.8000s/%s.c", folder, exercise->title);
    int status = source_write(variant, place->root, path);
    if (!status) status = build_runner(exercise, &own, folder);
    exercise->place = place;
    if (!status && exercise->build != BUILD_OK) status = -EINVAL;
    if (!status)
        snprintf(variant->runner, sizeof variant->runner, "%s", exercise->runner);
    return status;
}
