// SPDX-License-Identifier: MIT
#pragma once
// The fork-join thread pool, and the process-wide one that parallel functions use by default.

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <exception>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "lanewise/config/macros.hpp"
#include "lanewise/config/os.hpp"
#include "lanewise/loops/executor.hpp"

// Plain data that is one for the whole process, whichever compiler flags its objects were built with.
namespace lanewise::process {

/// The default executor: set once, by whoever comes first, and never destroyed.
inline constinit std::atomic<const executor_ref*> default_executor{nullptr};

/// How many forks lie between the first process and this one, counted once a pool has threads.
inline constinit std::atomic<std::uint32_t> forks{0};
inline constinit std::atomic<bool> counts_forks{false};

/// True while this thread runs a task of a pool.
inline constinit thread_local bool inside_task = false;

}  // namespace lanewise::process

LANEWISE_BEGIN_NAMESPACE

/// The most workers that a pool can have.
inline constexpr std::size_t max_workers = 65535;

/// How many workers the default pool has: LANEWISE_NUM_THREADS from the environment, read anew on each call; without
/// it, the CPUs on which this process may run, or the CPU limit of its control groups (v1, v2), rounded up, if that is
/// less; at least 1.
/// Errors: std::invalid_argument if LANEWISE_NUM_THREADS is not an integer from 1 to 65535.
///
/// std::size_t n = lanewise::default_workers();  // 8 on an idle 8-core machine, 2 in `taskset -c 0,1`
inline std::size_t default_workers() {
  const char* text = std::getenv("LANEWISE_NUM_THREADS");
  if (text == nullptr) {
    const std::size_t cpus = os::usable_cpus();
    return cpus < max_workers ? cpus : max_workers;
  }
  std::size_t workers = 0;
  const char* c = text;
  for (; *c >= '0' && *c <= '9' && workers <= max_workers; ++c) {
    workers = workers * 10 + static_cast<std::size_t>(*c - '0');
  }
  if (c == text || *c != '\0' || workers == 0 || workers > max_workers) {
    throw std::invalid_argument("LANEWISE_NUM_THREADS must be an integer from 1 to " + std::to_string(max_workers) +
                                ", not \"" + text + '"');
  }
  return workers;
}

/// A fork-join pool. The caller of run() is one of its workers: N workers are the caller and N - 1 threads.
///
/// - run() hands tasks out as workers become free, and returns when all are done. Nothing is allocated and no thread
///   is started per run. A run of two costs 0.1 to 0.2 us when hot; after a pause of more than 50 us, waking costs the
///   caller some microseconds, and the thread comes 10 to 60 us later (virtual machine, Zen 5, 2026-11).
/// - Idle threads spin for 50 us after work, then sleep in the kernel: an idle program uses no CPU. A pool with more
///   workers than the process has CPUs never spins. Nobody waits for a thread that is slow to wake: the others do
///   its tasks. On Linux the threads have the policy SCHED_BATCH: where other programs hold the CPUs, they wait for
///   their turn and do not push the caller off its own.
/// - A run() from inside a task of any pool, or while another thread's run() is under way on the same pool, runs all
///   its tasks in its caller, in order. So does a run() in a forked child, which has no threads. (A child that is
///   forked inside a task must not return from it.)
/// - Exceptions: the first reaches the caller of run().
/// - Destruction joins the threads. No run() may be under way then.
///
/// Errors: std::invalid_argument for 0 or more than 65535 workers, std::runtime_error if a thread cannot be started.
///
/// lanewise::thread_pool pool(2);
/// lanewise::parallelize(1000, [&](std::size_t i) { y[i] = f(x[i]); }, pool);
class thread_pool {
 public:
  explicit thread_pool(std::size_t workers = default_workers());
  thread_pool(const thread_pool&) = delete;
  thread_pool& operator=(const thread_pool&) = delete;
  ~thread_pool();

  /// The caller and the threads; 1 in a forked child.
  std::size_t workers() const noexcept { return forked() ? 1 : workers_; }

  /// Calls task(context, i) once for every i in [0, n), in any order, and returns when all calls have.
  void run(std::size_t n, task_function task, void* context);

  /// For the default pool: threads start at the first run that can use them, and if the system refuses some, the pool
  /// does without.
  struct start_later {};
  thread_pool(std::size_t workers, start_later);

 private:
  // The whole state of a run is one word, so that one atomic operation joins a run and takes work from it, or finds
  // that nothing is left. A run's tasks form pieces [0, count). The caller takes from the front, threads from the
  // back: what is not yet taken is [front, limit). So with two workers each meets the same data again in the next run
  // (an update in place of 128 KB, 400 KB, 1 MB took 27, 7, 19 % less time than with one counter; Zen 5, 2026-11).
  // Threads that take part are counted in `active`; the caller leaves when nothing is left and no thread is active. A
  // thread that was late sees an empty range and does not touch the run at all. It cannot be misled by a word that
  // returns to an earlier value either: any word with work in it may be joined.
  static constexpr std::uint64_t waiting = 1;                         // the caller sleeps on finished_
  static constexpr std::uint64_t stop = 2;                            // the pool is being destroyed
  static constexpr std::uint64_t one_active = std::uint64_t{1} << 2;  // 16 bits
  static constexpr std::uint64_t one_front = std::uint64_t{1} << 18;  // 23 bits
  static constexpr std::uint64_t one_limit = std::uint64_t{1} << 41;  // 23 bits
  static constexpr std::uint64_t active(std::uint64_t s) { return (s / one_active) & 0xffff; }
  static constexpr std::uint64_t front(std::uint64_t s) { return (s / one_front) & 0x7fffff; }
  static constexpr std::uint64_t limit(std::uint64_t s) { return s / one_limit; }
  static constexpr bool has_work(std::uint64_t s) { return front(s) < limit(s); }

  // More tasks than this for each worker are run in contiguous pieces.
  static constexpr std::size_t pieces_per_worker = 64;
  static_assert(max_workers < (1U << 16) && max_workers * pieces_per_worker < (1U << 23));

  static constexpr std::uint64_t spin_time = 50'000;  // ns
  static constexpr int spins_per_look = 64;           // at the clock, about 1 us

  bool forked() const noexcept {
    return started_.load(std::memory_order_acquire) && fork_ != process::forks.load(std::memory_order_relaxed);
  }
  static void run_in_order(std::size_t n, task_function task, void* context) { serial.run(n, task, context); }

  void start() noexcept;
  void stop_and_join() noexcept;
  static os::thread_result enter(void* pool) noexcept;
  void take_part(std::uint64_t s) noexcept;
  std::uint64_t wait_for_work() noexcept;
  void wait_for_threads() noexcept;
  void run_piece(std::uint64_t piece) noexcept;
  void cancel() noexcept;

  void wake_more(std::uint64_t s) noexcept {
    if (sleepers_.load(std::memory_order_seq_cst) != 0 && waking_.load(std::memory_order_seq_cst) == 0 && has_work(s)) {
      wake_some(limit(s) - front(s));
    }
  }
  void wake_some(std::uint64_t useful) noexcept;

  // Spins until ready(state) or the time is over; returns the last state.
  template <class Ready>
  std::uint64_t spin_until(Ready ready) const noexcept {
    std::uint64_t s = state_.load(std::memory_order_acquire);
    std::uint64_t end = 0;
    for (int spins = 1; spins_ && !ready(s); ++spins) {
      os::pause();
      s = state_.load(std::memory_order_acquire);
      if (spins == spins_per_look) {
        spins = 0;
        const std::uint64_t now = os::nanoseconds();
        if (end == 0) {
          end = now + spin_time;
        } else if (now >= end) {
          break;
        }
      }
    }
    return s;
  }

  // 128: CPUs that prefetch lines in pairs.
  alignas(128) std::atomic<std::uint64_t> state_{0};

  // The run: written by the caller while no thread is active, read by active threads.
  task_function task_ = nullptr;
  void* context_ = nullptr;
  std::size_t n_ = 0;
  std::size_t piece_ = 1;  // tasks in a piece
  std::atomic<bool> failed_{false};
  std::exception_ptr error_;

  // Sleeping threads.
  alignas(128) std::atomic<std::uint32_t> sleepers_{0};  // asleep or about to be
  std::atomic<std::uint32_t> waking_{0};                 // 1: some were woken and none has come to yet
  std::atomic<std::uint32_t> signal_{0};                 // they sleep on it
  std::atomic<std::uint32_t> finished_{0};               // the caller sleeps on it

  // Callers only.
  alignas(128) std::atomic<bool> busy_{false};
  std::atomic<bool> started_{false};
  bool spins_ = false;
  std::uint32_t fork_ = 0;
  std::size_t workers_ = 1;
  std::size_t threads_ = 0;
  os::thread_handle* handles_ = nullptr;
};

inline thread_pool::thread_pool(std::size_t workers, start_later)
    : spins_(workers <= os::usable_cpus()), workers_(workers) {
  if (workers == 0 || workers > max_workers) {
    throw std::invalid_argument("thread_pool: the number of workers must be from 1 to " + std::to_string(max_workers) +
                                ", not " + std::to_string(workers));
  }
}

inline thread_pool::thread_pool(std::size_t workers) : thread_pool(workers, start_later()) {
  start();
  if (threads_ + 1 != workers_) {
    const std::size_t got = threads_;
    stop_and_join();
    throw std::runtime_error("thread_pool: the system refuses thread " + std::to_string(got + 1) + " of " +
                             std::to_string(workers - 1));
  }
}

inline thread_pool::~thread_pool() { stop_and_join(); }

// As many threads as can be had: 0 too is enough for run().
inline void thread_pool::start() noexcept {
  handles_ = new (std::nothrow) os::thread_handle[workers_ - 1]();
  if (!process::counts_forks.exchange(true, std::memory_order_relaxed)) {
    os::at_fork_in_child([] { process::forks.fetch_add(1, std::memory_order_relaxed); });
  }
  fork_ = process::forks.load(std::memory_order_relaxed);
  started_.store(true, std::memory_order_release);
  while (handles_ != nullptr && threads_ < workers_ - 1 && os::start_thread(handles_[threads_], &enter, this)) {
    ++threads_;
  }
}

inline void thread_pool::stop_and_join() noexcept {
  if (!forked()) {  // a forked child has the handles, but no threads behind them
    state_.fetch_or(stop, std::memory_order_seq_cst);
    signal_.fetch_add(1, std::memory_order_seq_cst);
    os::wake(signal_, static_cast<int>(max_workers));
    for (std::size_t i = 0; i < threads_; ++i) {
      os::join_thread(handles_[i]);
    }
  }
  delete[] handles_;
}

inline void thread_pool::run(std::size_t n, task_function task, void* context) {
  if (n <= 1 || workers_ == 1 || process::inside_task || forked() || busy_.load(std::memory_order_relaxed) ||
      busy_.exchange(true, std::memory_order_acquire)) {
    run_in_order(n, task, context);
    return;
  }
  if (!started_.load(std::memory_order_relaxed)) {
    start();
  }
  const std::size_t most = workers_ * pieces_per_worker;
  piece_ = n <= most ? 1 : n / most + (n % most != 0 ? 1 : 0);
  const std::size_t pieces = n / piece_ + (n % piece_ != 0 ? 1 : 0);
  task_ = task;
  context_ = context;
  n_ = n;

  // The first piece is the caller's own. An exchange, not a store: it is ordered before the look at the sleepers, so
  // that no thread falls asleep unseen. It costs 0.03 us in an empty run of two and nothing measurable where tasks take
  // 1 us (Zen 5, 2026-11).
  std::uint64_t s = one_front + pieces * one_limit;
  state_.exchange(s, std::memory_order_seq_cst);
  process::inside_task = true;
  wake_more(s);
  run_piece(0);
  s = state_.load(std::memory_order_relaxed);
  while (has_work(s)) {
    if (state_.compare_exchange_weak(s, s + one_front, std::memory_order_acq_rel, std::memory_order_relaxed)) {
      wake_more(s + one_front);
      run_piece(front(s));
      s = state_.load(std::memory_order_relaxed);
    }
  }
  wait_for_threads();
  process::inside_task = false;

  std::exception_ptr error;
  if (failed_.load(std::memory_order_relaxed)) {
    failed_.store(false, std::memory_order_relaxed);
    error = std::exchange(error_, nullptr);
  }
  busy_.store(false, std::memory_order_release);
  if (error) {
    std::rethrow_exception(std::move(error));
  }
}

inline void thread_pool::run_piece(std::uint64_t piece) noexcept {
  const std::size_t begin = static_cast<std::size_t>(piece) * piece_;
  const std::size_t end = n_ - begin < piece_ ? n_ : begin + piece_;
  try {
    for (std::size_t i = begin; i < end; ++i) {
      task_(context_, i);
    }
  } catch (...) {
    if (!failed_.exchange(true, std::memory_order_relaxed)) {
      error_ = std::current_exception();
    }
    cancel();
  }
}

// Drops the pieces that nobody has taken.
inline void thread_pool::cancel() noexcept {
  std::uint64_t s = state_.load(std::memory_order_relaxed);
  while (has_work(s) && !state_.compare_exchange_weak(s, s - (limit(s) - front(s)) * one_limit,
                                                      std::memory_order_acq_rel, std::memory_order_relaxed)) {
  }
}

// The caller waits for the threads that are still in a piece: short waits by spinning, long ones asleep, so that a
// thread whose core was taken away by another program can have this one.
inline void thread_pool::wait_for_threads() noexcept {
  std::uint64_t s = spin_until([](std::uint64_t now) { return active(now) == 0; });
  while (active(s) != 0) {
    const std::uint32_t finished = finished_.load(std::memory_order_acquire);
    s = state_.fetch_or(waiting, std::memory_order_acq_rel);
    if (active(s) != 0) {
      os::wait_while_equal(finished_, finished);
      s = state_.load(std::memory_order_acquire);
    }
  }
}

inline os::thread_result thread_pool::enter(void* pool) noexcept {
  process::inside_task = true;
  // With all CPUs busy (load 4 on 2 CPUs, 2026-11) two tasks of 10 us, 500 us after the last run, took 1.04 times the
  // serial time on average with this, and 18 times without: the woken thread pushed the caller off its CPU.
  os::prefer_idle_cpus();
  auto& self = *static_cast<thread_pool*>(pool);
  for (;;) {
    const std::uint64_t s = self.wait_for_work();
    if ((s & stop) != 0) {
      return nullptr;
    }
    self.take_part(s);
  }
}

inline std::uint64_t thread_pool::wait_for_work() noexcept {
  const auto ready = [](std::uint64_t s) { return has_work(s) || (s & stop) != 0; };
  for (;;) {
    std::uint64_t s = spin_until(ready);
    if (ready(s)) {
      return s;
    }
    const std::uint32_t signal = signal_.load(std::memory_order_seq_cst);
    sleepers_.fetch_add(1, std::memory_order_seq_cst);
    s = state_.load(std::memory_order_seq_cst);
    if (!ready(s)) {
      os::wait_while_equal(signal_, signal);
    }
    // In this order: see wake_some.
    sleepers_.fetch_sub(1, std::memory_order_seq_cst);
    waking_.store(0, std::memory_order_seq_cst);
  }
}

inline void thread_pool::take_part(std::uint64_t s) noexcept {
  std::uint64_t join = one_active;
  while (has_work(s)) {
    const std::uint64_t next = s - one_limit + join;
    if (state_.compare_exchange_weak(s, next, std::memory_order_acq_rel, std::memory_order_relaxed)) {
      join = 0;
      wake_more(next);
      run_piece(limit(next));
      s = state_.load(std::memory_order_relaxed);
    }
  }
  if (join == 0) {
    s = state_.fetch_sub(one_active, std::memory_order_acq_rel);
    if (active(s) == 1 && (s & waiting) != 0) {
      finished_.fetch_add(1, std::memory_order_seq_cst);
      os::wake(finished_, 1);
    }
  }
}

// A call into the kernel takes about a microsecond for each thread that it wakes, so nobody wakes more than two; those
// wake others. While woken threads are on their way (tens of microseconds), nobody calls the kernel again: waking_ is 1
// from before the call until one of them comes to, or until the call turns out to have woken nobody. A thread leaves
// sleepers_ before it clears waking_, so the flag cannot be set for a thread that will not clear it.
inline void thread_pool::wake_some(std::uint64_t useful) noexcept {
  if (waking_.exchange(1, std::memory_order_seq_cst) == 0) {
    signal_.fetch_add(1, std::memory_order_seq_cst);
    if (os::wake(signal_, useful < 2 ? 1 : 2) == 0) {
      waking_.store(0, std::memory_order_seq_cst);
    }
  }
}

LANEWISE_END_NAMESPACE

LANEWISE_BEGIN_DETAIL

LANEWISE_NOINLINE inline executor_ref make_default_executor() {
  struct default_pool {
    explicit default_pool(std::size_t workers) : pool(workers, thread_pool::start_later()) {}
    thread_pool pool;
    executor_ref executor = pool;
  };
  auto* made = new default_pool(default_workers());
  const executor_ref* current = nullptr;
  if (process::default_executor.compare_exchange_strong(current, &made->executor, std::memory_order_acq_rel,
                                                        std::memory_order_acquire)) {
    return made->executor;
  }
  delete made;  // another thread was first; this one has no threads yet
  return *current;
}

LANEWISE_END_DETAIL

LANEWISE_BEGIN_NAMESPACE

/// An executor for the process-wide pool of default_workers() workers, which all parallel functions use unless told
/// otherwise. Made at the first call; threads start at the first run that uses them, and if the system refuses some,
/// the pool does without. Never destroyed, so that it serves until the process ends, also in destructors of static
/// objects; a plugin that was the first to use it must stay loaded. Safe from several threads.
/// Errors: std::invalid_argument if LANEWISE_NUM_THREADS is not an integer from 1 to 65535.
///
/// lanewise::default_executor().workers();  // 8 on a machine with 8 CPUs
LANEWISE_INLINE executor_ref default_executor() {
  const executor_ref* made = process::default_executor.load(std::memory_order_acquire);
  return made != nullptr ? *made : detail::make_default_executor();
}

LANEWISE_END_NAMESPACE
