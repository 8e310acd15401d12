#include "grade/similar_texts.h"
#include "judge/durable_file.h"
#include "grade/likeness.h"
#include "grade/text.h"
#include "judge/needed_memory.h"
#include "judge/trouble.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
    LEAST_WORDS = 40,   // fewer, and whoever does the obvious is alike
    MOST_WORDS = 10000, // more, and a few hostile files would take hours
};

// The file's text, the caller's (free); NULL: there is none, or trouble.
static char *file_read(const char *path)
{
    FILE *file = fopen(path, "re");
    char *text = NULL;
    size_t size = 0;
    if (!file) return trouble_look(), NULL;
    FILE *stream = open_memstream(&text, &size);
    needed(stream);
    for (int byte; (byte = getc(file)) != EOF;) fputc(byte ? byte : ' ', stream);
    if (ferror(file)) trouble_note(EIO);
    needed_close(stream);
    fclose(file);
    return text;
}

char *similar_folder(const struct course *course, unsigned exercise)
{
    return text_format("%s/.similar/%s", course->out,
                       course->workbook.exercises[exercise].id);
}

void similar_given(struct own_code *given, const struct course *course,
                   unsigned exercise)
{
    char *path = text_format("%s/tests/%s/baseline.c", course->root,
                             course->workbook.exercises[exercise].folder);
    char *text = file_read(path);
    own_code_init(given, text ? text : "", NULL);
    free(text);
    free(path);
}

char *similar_text(const struct course *course, const struct submission *submission,
                   unsigned exercise)
{
    if (submission->files[exercise].reason) return NULL;
    char *end = text_format("/%s", course->workbook.exercises[exercise].file);
    char *path = course_path(course, "sources", submission, end);
    char *text = file_read(path);
    free(path);
    free(end);
    return text;
}

// Writes one text, unless just that is there.
static int text_keep(struct similar_texts *texts, const char *text)
{
    char *path = text_format("%s/%06zu", texts->folder, texts->count);
    char *before = file_read(path);
    bool is_same = before && strcmp(before, text) == 0;
    FILE *file = is_same ? NULL : fopen(path, "we");
    int status = is_same || file ? 0 : -errno;
    texts->is_changed |= !is_same;
    if (file && fputs(text, file) < 0) status = -EIO;
    if (file && fclose(file)) status = -EIO;
    free(before);
    free(path);
    return status;
}

static int text_add_own(struct similar_texts *texts, const char *text,
                        const struct own_code *given, size_t submission)
{
    struct own_code code;
    int status = 0;
    own_code_init(&code, text, given);
    texts->too_short += code.own_words < LEAST_WORDS;
    texts->too_long += code.own_words > MOST_WORDS;
    if (code.own_words >= LEAST_WORDS && code.own_words <= MOST_WORDS) {
        char *own = own_code_text(&code);
        status = text_keep(texts, own);
        texts->submissions[texts->count] = submission;
        texts->words[texts->count++] = code.own_words;
        free(own);
    }
    own_code_close(&code);
    return status;
}

int similar_texts_init(struct similar_texts *texts, const struct course *course,
                       unsigned exercise)
{
    struct own_code given;
    size_t size = (course->submissions.count + 1) * sizeof(size_t);
    *texts = (struct similar_texts){.folder = similar_folder(course, exercise),
                                    .submissions = malloc(size),
                                    .words = malloc(size)};
    needed(texts->submissions);
    needed(texts->words);
    int status = durable_folder_make(texts->folder);
    similar_given(&given, course, exercise);
    for (size_t i = 0; i < course->submissions.count && !status; i++) {
        char *text = similar_text(course, course->submissions.all[i], exercise);
        if (text) status = text_add_own(texts, text, &given, i);
        free(text);
    }
    own_code_close(&given);
    return status;
}

void similar_texts_close(struct similar_texts *texts)
{
    free(texts->folder);
    free(texts->submissions);
    free(texts->words);
}

// What stands in OUT/.similar/7.x/measured: what the folder's figures are of.
static char *measured_tell(const struct similar_texts *texts, char **path)
{
    *path = text_format("%s/measured", texts->folder);
    return text_format("%zu texts, runs of %d\n", texts->count, LIKENESS_RUN);
}

bool similar_texts_begin(const struct similar_texts *texts)
{
    char *path, *now = measured_tell(texts, &path);
    char *before = file_read(path);
    bool is_known = !texts->is_changed && before && strcmp(before, now) == 0;
    if (!is_known) unlink(path);
    free(before);
    free(now);
    free(path);
    return is_known;
}

int similar_texts_end(const struct similar_texts *texts)
{
    char *path, *now = measured_tell(texts, &path);
    int status = durable_file_write(path, now, strlen(now));
    free(now);
    free(path);
    return status;
}
