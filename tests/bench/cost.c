/* SPDX-License-Identifier: MIT
 * cost: runs a command and reports what it cost, to microseconds.
 *
 *   cost REPORT COMMAND [ARGUMENT...]
 *
 * REPORT receives one line: CPU microseconds of the command and all its children, wall microseconds, the
 * largest resident set of any one of them in KiB, exit status. A program of its own because a resident set is
 * inherited from whoever starts a command, and an interpreter's would hide that of a small filter. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (long long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static long long microseconds(struct timeval t)
{
    return (long long)t.tv_sec * 1000000 + t.tv_usec;
}

static int fail(const char *what)
{
    fprintf(stderr, "cost: %s: %s\n", what, strerror(errno));
    return 125;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "usage: cost REPORT COMMAND [ARGUMENT...]\n");
        return 2;
    }
    long long start = now();
    pid_t child = fork();
    if (child < 0)
        return fail("fork");
    if (child == 0) {
        execvp(argv[2], argv + 2);
        fail(argv[2]);
        _exit(127);
    }
    int state;
    struct rusage used;
    if (wait4(child, &state, 0, &used) < 0)
        return fail("wait4");
    long long wall = now() - start;
    int status = WIFEXITED(state) ? WEXITSTATUS(state) : 128 + WTERMSIG(state);
    FILE *report = fopen(argv[1], "w");
    if (!report)
        return fail(argv[1]);
    fprintf(report, "%lld %lld %ld %d\n", microseconds(used.ru_utime) + microseconds(used.ru_stime), wall,
            used.ru_maxrss, status);
    return fclose(report) == 0 ? status : fail(argv[1]);
}
