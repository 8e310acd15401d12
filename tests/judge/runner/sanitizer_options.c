// How the sanitizers behave in a runner that is built with one: every run has an environment
// of its own, so their options stand here. What libraries do that were not built with
// ThreadSanitizer it cannot judge.

const char *__asan_default_options(void);
const char *__ubsan_default_options(void);
const char *__tsan_default_options(void);
const char *__tsan_default_suppressions(void);

// Use after return is not looked for: where it is, gcc 12 lets code crash that keeps 64-byte
// vectors on the stack, and there is nothing wrong with it.
const char *__asan_default_options(void)
{
    return "detect_leaks=1:allocator_may_return_null=1:detect_stack_use_after_"
           "return=0";
}

const char *__ubsan_default_options(void)
{
    return "print_stacktrace=1";
}

const char *__tsan_default_options(void)
{
    return "die_after_fork=0:history_size=3";
}

const char *__tsan_default_suppressions(void)
{
    return "called_from_lib:libhdf5.so\ncalled_from_lib:libhdf5_hl.so\n"
           "called_from_lib:libhdf5_serial.so\ncalled_from_lib:libhdf5_serial_hl."
           "so\n"
           "called_from_lib:libjansson.so\n";
}
