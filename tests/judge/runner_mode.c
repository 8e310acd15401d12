#include "judge/runner_mode.h"

static struct runner_mode mode_now;
static uint32_t shake_seed;
static bool is_sampled;
static bool is_narrow;
static bool is_twice;

void runner_mode_set(const struct runner_mode *mode)
{
    mode_now = *mode;
}

const struct runner_mode *runner_mode_now(void)
{
    return &mode_now;
}

int64_t runner_limit_ns(int64_t plain_ns)
{
    return mode_now.slowness > 0 ? (int64_t)((double)plain_ns * mode_now.slowness)
                                 : plain_ns;
}

void runner_shake_set(uint32_t seed)
{
    shake_seed = seed;
}

uint32_t runner_shake_seed(void)
{
    return shake_seed;
}

void runner_sample_set(bool is_on)
{
    is_sampled = is_on;
}

bool runner_is_sampled(void)
{
    return is_sampled;
}

void runner_narrow_set(bool is_on)
{
    is_narrow = is_on;
}

bool runner_is_narrow(void)
{
    return is_narrow;
}

void runner_twice_set(bool is_on)
{
    is_twice = is_on;
}

bool runner_is_twice(void)
{
    return is_twice;
}
