#include "grade/similar_object.h"
#include "grade/likeness.h"
#include "grade/similar_texts.h"
#include "grade/text.h"
#include "judge/needed_memory.h"
#include "judge/trouble.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_SHOWN = 30 };
static const double LEAST_RANK = 0.5;

enum line_kind { LINE_NONE, LINE_GIVEN, LINE_OWN, LINE_ALIKE };
static const char *const kinds[] = {"given", "given", "own", "alike"};

// One side of a pair.
struct side {
    char *text;
    struct own_code code;
    bool *marks; // of the lines of the own code
};

static void side_init(struct side *side, const struct course *course,
                      unsigned exercise, size_t submission,
                      const struct own_code *given)
{
    side->text = similar_text(course, course->submissions.all[submission], exercise);
    own_code_init(&side->code, side->text ? side->text : "", given);
    side->marks = calloc(side->code.count + 1, sizeof *side->marks);
    needed(side->marks);
}

static void side_close(struct side *side)
{
    own_code_close(&side->code);
    free(side->marks);
    free(side->text);
}

// What each line is: the greatest of all statements on it. Comments and empty lines go with what
// stands below them.
static unsigned char *kinds_find(const struct side *side, size_t line_count)
{
    unsigned char *found = calloc(line_count + 2, 1);
    needed(found);
    for (size_t i = 0; i < side->code.count; i++) {
        const struct statement *statement = &side->code.statements[i];
        unsigned char kind = !statement->is_own                 ? LINE_GIVEN
                             : side->marks[statement->own_line] ? LINE_ALIKE
                                                                : LINE_OWN;
        for (size_t line = statement->first_line;
             line <= statement->last_line && line <= line_count; line++)
            if (found[line] < kind) found[line] = kind;
    }
    for (size_t line = line_count; line > 0; line--)
        if (found[line] == LINE_NONE) found[line] = found[line + 1];
    return found;
}

static size_t lines_count(const char *text)
{
    size_t count = 1;
    for (; *text; text++) count += *text == '\n';
    return count;
}

static const char *line_end(const char *text)
{
    const char *end = strchr(text, '\n');
    return end ? end + 1 : text + strlen(text);
}

// [[what, lines], ...]: lines of one kind that follow each other are one text.
static json_t *side_array(const struct side *side)
{
    const char *at = side->text ? side->text : "";
    unsigned char *found = kinds_find(side, lines_count(at));
    json_t *array = json_array();
    for (size_t line = 1; *at;) {
        unsigned char kind = found[line];
        const char *begin = at;
        while (*at && found[line] == kind) {
            at = line_end(at);
            line++;
        }
        char *bytes = text_format("%.*s", (int)(at - begin), begin);
        char *valid = text_valid(bytes);
        json_array_append_new(array, json_pack("[s, s]", kinds[kind], valid));
        free(valid);
        free(bytes);
    }
    free(found);
    return array;
}

static json_t *texts_array(const struct course *course,
                           const struct similar_pair *pair)
{
    struct own_code given;
    struct side a, b;
    similar_given(&given, course, pair->exercise);
    side_init(&a, course, pair->exercise, pair->a, &given);
    side_init(&b, course, pair->exercise, pair->b, &given);
    char *folder = similar_folder(course, pair->exercise);
    // Where this fails both are shown without marks, and the grader says that it did.
    int status = likeness_mark(folder, pair->text_a, pair->text_b, a.marks,
                               a.code.count, b.marks, b.code.count);
    if (status) trouble_note(-status);
    json_t *texts = json_pack("[o, o]", side_array(&a), side_array(&b));
    free(folder);
    side_close(&a);
    side_close(&b);
    own_code_close(&given);
    return texts;
}

static json_t *pair_object(const struct course *course,
                           const struct similar_pair *pair)
{
    struct submission *const *all = course->submissions.all;
    return json_pack("{s:s, s:[s, s], s:[I, I], s:f, s:f, s:o}", "exercise",
                     course->workbook.exercises[pair->exercise].id, "ids",
                     all[pair->a]->id, all[pair->b]->id, "words",
                     (json_int_t)pair->words_a, (json_int_t)pair->words_b,
                     "likeness", round(pair->likeness), "median",
                     course->similar.exercises[pair->exercise].median, "texts",
                     texts_array(course, pair));
}

static json_t *exercise_object(const struct course *course, unsigned i)
{
    const struct similar_exercise *exercise = &course->similar.exercises[i];
    return json_pack("{s:s, s:I, s:I, s:I, s:f}", "id",
                     course->workbook.exercises[i].id, "compared",
                     (json_int_t)exercise->compared, "too_short",
                     (json_int_t)exercise->too_short, "too_long",
                     (json_int_t)exercise->too_long, "median", exercise->median);
}

json_t *similar_object(const struct course *course)
{
    const struct similar *similar = &course->similar;
    json_t *exercises = json_array(), *pairs = json_array();
    size_t standing_out = 0;
    for (unsigned i = 0; i < course->workbook.count && !similar->reason; i++)
        json_array_append_new(exercises, exercise_object(course, i));
    while (standing_out < similar->count &&
           similar->pairs[standing_out].rank >= LEAST_RANK)
        standing_out++;
    for (size_t i = 0; i < standing_out && i < MOST_SHOWN; i++)
        json_array_append_new(pairs, pair_object(course, &similar->pairs[i]));
    size_t shown = json_array_size(pairs);
    return json_pack("{s:s, s:o, s:o, s:I}", "reason",
                     similar->reason ? similar->reason : "", "exercises", exercises,
                     "pairs", pairs, "more", (json_int_t)(standing_out - shown));
}
