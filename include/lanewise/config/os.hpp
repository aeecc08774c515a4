// SPDX-License-Identifier: MIT
#pragma once
// What the thread pool needs from the operating system and the CPU: threads, sleeping on a word of memory, a clock, a
// pause for spin loops, the number of usable CPUs, and word of a fork. POSIX threads rather than <thread>, which takes
// 0.1 to 0.3 s to include.

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "lanewise/config/cgroup.hpp"
#include "lanewise/config/macros.hpp"

#if defined(__unix__) || defined(__APPLE__)
#define LANEWISE_OS_POSIX 1
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#else
#define LANEWISE_OS_POSIX 0
#include <chrono>
#include <system_error>
#include <thread>
#endif

#ifdef __linux__
#include <linux/futex.h>
#include <sched.h>
#include <sys/syscall.h>
#endif

LANEWISE_BEGIN_NAMESPACE
namespace os {

/// Tells the CPU that this thread spins: about 10 to 40 ns, in which a sibling hardware thread runs faster.
LANEWISE_INLINE void pause() noexcept {
#if defined(__x86_64__) || defined(__i386__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  // yield does nothing on most cores; isb waits about as long as x86's pause.
  __asm__ volatile("isb" ::: "memory");
#endif
}

/// Nanoseconds of a clock that never jumps.
inline std::uint64_t nanoseconds() noexcept {
#if LANEWISE_OS_POSIX
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000U + static_cast<std::uint64_t>(now.tv_nsec);
#else
  using namespace std::chrono;
  return static_cast<std::uint64_t>(
      duration_cast<std::chrono::nanoseconds>(steady_clock::now().time_since_epoch()).count());
#endif
}

/// Sleeps while `word` is `expected`; may return early.
inline void wait_while_equal(std::atomic<std::uint32_t>& word, std::uint32_t expected) noexcept {
#ifdef __linux__
  static_assert(sizeof word == 4, "a futex is 32 bits");
  ::syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, expected, nullptr, nullptr, 0);
#else
  word.wait(expected);
#endif
}

/// Wakes up to `count` threads that sleep on `word`, whose value has been changed before. Returns how many it woke as
/// far as the system tells, else 0.
inline std::size_t wake(std::atomic<std::uint32_t>& word, [[maybe_unused]] int count) noexcept {
#ifdef __linux__
  const long woken = ::syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, count, nullptr, nullptr, 0);
  return woken > 0 ? static_cast<std::size_t>(woken) : 0;
#else
  word.notify_all();
  return 0;
#endif
}

/// CPUs on which this process may run: the CPU affinity, on other systems than Linux all CPUs; at least 1.
inline std::size_t affinity_cpus() noexcept {
#ifdef __linux__
  // The mask must be as large as the kernel's, which glibc's fixed cpu_set_t (1024 CPUs) may not be.
  for (std::size_t cpus = 1024; cpus <= std::size_t{1} << 20; cpus *= 4) {
    cpu_set_t* set = CPU_ALLOC(cpus);
    if (set == nullptr) {
      break;
    }
    const std::size_t bytes = CPU_ALLOC_SIZE(cpus);
    const int count = ::sched_getaffinity(0, bytes, set) == 0 ? CPU_COUNT_S(bytes, set) : 0;
    CPU_FREE(set);
    if (count > 0) {
      return static_cast<std::size_t>(count);
    }
  }
#endif
#if LANEWISE_OS_POSIX
  const long online = ::sysconf(_SC_NPROCESSORS_ONLN);
  return online > 0 ? static_cast<std::size_t>(online) : 1;
#else
  const unsigned online = std::thread::hardware_concurrency();
  return online > 0 ? online : 1;
#endif
}

/// CPUs that this process can keep busy: the affinity, or the control groups' CPU limit if that is less; at least 1.
inline std::size_t usable_cpus() {
  const std::size_t cpus = affinity_cpus();
#ifdef __linux__
  const std::size_t limit = cgroup_cpu_limit();
  return limit != 0 && limit < cpus ? limit : cpus;
#else
  return cpus;
#endif
}

/// For a thread that helps others: when it is woken it does not push a running thread off its CPU. (Linux only; a
/// thread under a real-time policy stays as it is.)
inline void prefer_idle_cpus() noexcept {
#ifdef __linux__
  if (::sched_getscheduler(0) == SCHED_OTHER) {
    const sched_param none{};
    (void)::sched_setscheduler(0, SCHED_BATCH, &none);
  }
#endif
}

#if LANEWISE_OS_POSIX

/// A running thread; a plain handle: whoever starts one joins it.
using thread_handle = pthread_t;
using thread_result = void*;

/// Starts a thread in `entry(argument)`. False if the system refuses. Signals are blocked in it, so that the handlers
/// of the program run on the program's own threads.
inline bool start_thread(thread_handle& thread, thread_result (*entry)(void*), void* argument) noexcept {
  sigset_t all;
  sigset_t before;
  ::sigfillset(&all);
  ::pthread_sigmask(SIG_SETMASK, &all, &before);
  const bool started = ::pthread_create(&thread, nullptr, entry, argument) == 0;
  ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
  return started;
}

inline void join_thread(thread_handle& thread) noexcept { ::pthread_join(thread, nullptr); }

/// Has `handler` called in every child that this process forks from now on.
inline void at_fork_in_child(void (*handler)()) noexcept { ::pthread_atfork(nullptr, nullptr, handler); }

#else

using thread_handle = std::thread;
using thread_result = void*;

inline bool start_thread(thread_handle& thread, thread_result (*entry)(void*), void* argument) noexcept {
  try {
    thread = std::thread(entry, argument);
    return true;
  } catch (const std::system_error&) {
    return false;
  }
}

inline void join_thread(thread_handle& thread) noexcept { thread.join(); }

inline void at_fork_in_child(void (*)()) noexcept {}

#endif

}  // namespace os
LANEWISE_END_NAMESPACE
