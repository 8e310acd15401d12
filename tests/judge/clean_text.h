#ifndef JUDGE_CLEAN_TEXT_H
#define JUDGE_CLEAN_TEXT_H

// Text that comes from a submission (what it printed, names of its files, what the compiler
// says of it) goes to the instructor's terminal, which it must not command.

// Makes every control character but the ends of lines and tabs a question mark.
void text_clean(char *text);

#endif
