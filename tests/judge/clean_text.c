#include "judge/clean_text.h"
#include <ctype.h>

// Terminals take these commands in UTF-8, too: U+0080 to U+009F, two bytes each.
static int is_command(const unsigned char *at)
{
    return at[0] == 0xc2 && at[1] >= 0x80 && at[1] <= 0x9f;
}

void text_clean(char *text)
{
    for (unsigned char *at = (unsigned char *)text; *at; at++) {
        if (is_command(at)) at[0] = at[1] = '?';
        if (iscntrl(*at) && *at != '\n' && *at != '\t') *at = '?';
    }
}
