#ifndef JUDGE_FOLDER_REMOVE_H
#define JUDGE_FOLDER_REMOVE_H

// Removes a folder in which code that is not trusted could write, whatever it left there:
// folders so deep that their paths are too long for a system call, folders that nobody may
// enter, links to elsewhere (which are removed, not followed). Nothing may write there any
// more. 0, also when there was none, or a negative errno.
int folder_remove(const char *path);

#endif
