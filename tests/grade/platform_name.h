#ifndef GRADE_PLATFORM_NAME_H
#define GRADE_PLATFORM_NAME_H

// What learning platforms call the files and folders of a bulk download:
//
//     smithjohn_LATE_123_456_submit-1.c                  Canvas, files
//     John Smith_123_assignsubmission_file[_]            Moodle, folders
//     John Smith_123_assignsubmission_file_submit.c      Moodle, files

#include <stdbool.h>

enum { PLATFORM_TEXT = 512 };

struct platform_name {
    char person[PLATFORM_TEXT];
    char number[32];          // of the person (Canvas) or the participant (Moodle)
    char file[PLATFORM_TEXT]; // the name that the person's file had; "" for a folder
    bool is_late;
    bool is_moodle;
};

// false: the name is none of them.
bool platform_name_read(const char *text, struct platform_name *name);

// Is a file that Canvas has called so (submit.c, submit-2.c) this one? Then its number, 0 without
// one; otherwise -1.
long platform_file_version(const char *name, const char *file);

#endif
