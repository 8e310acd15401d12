// Brings its own serve and main in place of the runner's.
// caught by: build
// says: multiple definition
// points: 0

#include "submit.h"

struct message;
struct answer;

void serve(const struct message *request, const void *input, struct answer *answer)
{
}

int main(void)
{
    return 0;
}

int submit_table(enum executor_kind kind, int workers, int n, int results[])
{
    return 0;
}
