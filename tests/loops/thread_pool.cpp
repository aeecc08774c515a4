// SPDX-License-Identifier: MIT
#include "lanewise/loops/thread_pool.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <chrono>
#include <cstddef>
#include <cstdlib>
#include <cstring>
#include <limits>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <thread>
#include <type_traits>
#include <vector>

#include "lanewise/loops/parallelize.hpp"

#if LANEWISE_OS_POSIX
#include <sys/wait.h>
#include <unistd.h>
#endif

namespace {

using Catch::Matchers::ContainsSubstring;
using lanewise::executor_ref;
using lanewise::thread_pool;

// Runs f(0) .. f(n - 1) through the type-erased interface.
template <class F>
void run(executor_ref executor, std::size_t n, F f) {
  executor.run(
      n, [](void* context, std::size_t i) { (*static_cast<F*>(context))(i); }, &f);
}

// Checks that a run on the executor calls each index once.
void check_each_once(executor_ref executor, std::size_t n) {
  std::vector<std::atomic<int>> calls(n);
  run(executor, n, [&](std::size_t i) { ++calls[i]; });
  std::size_t once = 0;
  for (const auto& count : calls) {
    once += count == 1 ? 1 : 0;
  }
  CHECK(once == n);
}

// Sets LANEWISE_NUM_THREADS, and puts the old value back.
class thread_variable {
 public:
  explicit thread_variable(const char* value) {
    if (const char* old = std::getenv(name)) {
      old_ = old;
    }
    set(value);
  }
  thread_variable(const thread_variable&) = delete;
  thread_variable& operator=(const thread_variable&) = delete;
  ~thread_variable() { set(old_ ? old_->c_str() : nullptr); }

 private:
  static constexpr const char* name = "LANEWISE_NUM_THREADS";
  static void set(const char* value) {
    if (value != nullptr) {
      ::setenv(name, value, 1);
    } else {
      ::unsetenv(name);
    }
  }
  std::optional<std::string> old_;
};

struct boom : std::runtime_error {
  using std::runtime_error::runtime_error;
};

}  // namespace

// In other_flags.cpp.
executor_ref default_executor_of_other_flags();
bool nested_run_of_other_flags_is_serial();

// An object of another flags namespace, or of C, sees just two pointers.
static_assert(sizeof(executor_ref) == 2 * sizeof(void*));
static_assert(std::is_trivially_copyable_v<executor_ref>);
static_assert(lanewise::executor<thread_pool>);
static_assert(lanewise::executor<executor_ref>);
static_assert(lanewise::executor<const lanewise::serial_executor>);
static_assert(!std::is_convertible_v<int&, executor_ref>);
static_assert(!std::is_constructible_v<executor_ref, const thread_pool&>);
static_assert(!std::is_copy_constructible_v<thread_pool> && !std::is_move_constructible_v<thread_pool>);

TEST_CASE("serial: in order, in the caller") {
  std::vector<std::size_t> order;
  run(lanewise::serial, 5, [&](std::size_t i) { order.push_back(i); });
  CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
  CHECK(executor_ref(lanewise::serial).workers() == 1);
  run(lanewise::serial, 0, [&](std::size_t) { FAIL("n is 0"); });
}

TEST_CASE("thread_pool: each index once") {
  for (std::size_t workers : {1U, 2U, 3U, 5U, 64U}) {
    thread_pool pool(workers);
    CHECK(pool.workers() == workers);
    CHECK(executor_ref(pool).workers() == workers);
    for (std::size_t n : {0U, 1U, 2U, 3U, 4U, 63U, 64U, 65U, 128U, 129U, 1000U, 100003U}) {
      CAPTURE(workers, n);
      check_each_once(pool, n);
    }
  }
}

TEST_CASE("thread_pool: many short runs, so that threads come early, late and not at all") {
  for (std::size_t workers : {2U, 3U, 64U}) {
    thread_pool pool(workers);
    std::atomic<std::size_t> sum{0};
    std::size_t expected = 0;
    for (std::size_t i = 0; i < 20000; ++i) {
      const std::size_t n = i % 7;
      run(pool, n, [&](std::size_t task) { sum += task + i; });
      expected += n * i + n * (n - (n > 0 ? 1 : 0)) / 2;
    }
    CHECK(sum == expected);
  }
}

TEST_CASE("thread_pool: writes of tasks are visible after the run, writes before it in tasks") {
  thread_pool pool(2);
  std::vector<int> data(64);
  for (int round = 1; round <= 2000; ++round) {
    for (int& x : data) {
      x = round;
    }
    run(pool, data.size(), [&](std::size_t i) { data[i] += round; });
    for (const int x : data) {
      REQUIRE(x == 2 * round);
    }
  }
}

TEST_CASE("thread_pool: threads sleep and wake") {
  for (std::size_t workers : {2U, 8U}) {
    thread_pool pool(workers);
    for (int round = 0; round < 50; ++round) {
      std::this_thread::sleep_for(std::chrono::microseconds(10 * round));
      check_each_once(pool, 2 * workers);
    }
  }
}

TEST_CASE("thread_pool: all workers take part in a run that is long enough") {
  thread_pool pool(4);
  // Tasks wait for each other: only four threads can finish them.
  std::atomic<int> here{0};
  run(pool, 4, [&](std::size_t) {
    ++here;
    while (here < 4) {
      std::this_thread::yield();
    }
  });
  CHECK(here == 4);
}

TEST_CASE("thread_pool: 0 workers and too many are refused") {
  CHECK_THROWS_WITH(thread_pool(0), ContainsSubstring("not 0"));
  CHECK_THROWS_AS(thread_pool(lanewise::max_workers + 1), std::invalid_argument);
  CHECK_THROWS_AS(thread_pool(std::numeric_limits<std::size_t>::max()), std::invalid_argument);
}

TEST_CASE("thread_pool: nested runs are serial, in the same thread") {
  thread_pool outer(3);
  thread_pool other(2);
  std::atomic<std::size_t> calls{0};
  std::atomic<int> flaws{0};  // Catch2's checks are for one thread at a time
  for (executor_ref inner : {executor_ref(outer), executor_ref(other), lanewise::default_executor()}) {
    run(outer, 10, [&](std::size_t) {
      const auto thread = std::this_thread::get_id();
      std::size_t next = 0;
      run(inner, 20, [&](std::size_t i) {
        flaws += std::this_thread::get_id() != thread || i != next++ ? 1 : 0;
        ++calls;
      });
    });
  }
  CHECK(calls == 600);
  CHECK(flaws == 0);
  // And after it, runs are parallel again.
  std::atomic<int> here{0};
  run(outer, 3, [&](std::size_t) {
    ++here;
    while (here < 3) {
      std::this_thread::yield();
    }
  });
}

TEST_CASE("thread_pool: an exception reaches the caller, and the pool serves on") {
  for (std::size_t workers : {1U, 2U, 8U}) {
    thread_pool pool(workers);
    for (std::size_t bad = 0; bad < 50; ++bad) {
      CHECK_THROWS_AS(run(pool, 50,
                          [&](std::size_t i) {
                            if (i == bad) {
                              throw boom("task " + std::to_string(i));
                            }
                          }),
                      boom);
    }
    check_each_once(pool, 50);
  }
}

TEST_CASE("thread_pool: of many exceptions one reaches the caller") {
  thread_pool pool(4);
  std::atomic<int> thrown{0};
  for (int round = 0; round < 200; ++round) {
    try {
      run(pool, 1000, [&](std::size_t i) {
        ++thrown;
        throw boom("task " + std::to_string(i));
      });
      FAIL("no exception");
    } catch (const boom& error) {
      CHECK_THAT(error.what(), ContainsSubstring("task "));
    }
  }
  CHECK(thrown >= 200);
  CHECK(thrown <= 800);
}

TEST_CASE("thread_pool: an exception of a nested run passes through") {
  thread_pool pool(2);
  CHECK_THROWS_WITH(run(pool, 4, [&](std::size_t) { run(pool, 4, [](std::size_t) { throw boom("from inside"); }); }),
                    ContainsSubstring("from inside"));
}

TEST_CASE("thread_pool: two and more callers at the same time") {
  thread_pool pool(3);
  std::vector<std::thread> callers;
  std::atomic<std::size_t> calls{0};
  for (int caller = 0; caller < 4; ++caller) {
    callers.emplace_back([&] {
      for (int round = 0; round < 2000; ++round) {
        run(pool, 5, [&](std::size_t) { ++calls; });
      }
    });
  }
  for (std::thread& caller : callers) {
    caller.join();
  }
  CHECK(calls == 4U * 2000U * 5U);
}

TEST_CASE("thread_pool: a second caller does not wait for the first") {
  thread_pool pool(2);
  std::atomic<bool> second_done{false};
  std::atomic<bool> first_began{false};
  std::atomic<int> in_another_thread{0};
  std::thread second([&] {
    while (!first_began) {
      std::this_thread::yield();
    }
    const auto thread = std::this_thread::get_id();
    run(pool, 10, [&](std::size_t) { in_another_thread += std::this_thread::get_id() != thread ? 1 : 0; });
    second_done = true;
  });
  run(pool, 2, [&](std::size_t) {
    first_began = true;
    while (!second_done) {
      std::this_thread::yield();
    }
  });
  second.join();
  CHECK(second_done);
  CHECK(in_another_thread == 0);
}

TEST_CASE("thread_pool: construction and destruction, used or not, at once or after a sleep") {
  for (int round = 0; round < 100; ++round) {
    thread_pool pool(1 + static_cast<std::size_t>(round) % 5);
    if (round % 3 != 0) {
      check_each_once(pool, 10);
    }
    if (round % 10 == 0) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
  }
}

TEST_CASE("default_workers: reads LANEWISE_NUM_THREADS anew") {
  for (const char* good : {"1", "2", "7", "64", "0003", "65535"}) {
    const thread_variable variable(good);
    CHECK(lanewise::default_workers() == static_cast<std::size_t>(std::atoi(good)));
  }
  for (const char* bad : {"", "0", "-1", "+2", " 2", "2 ", "2x", "x", "1.5", "65536", "99999999999999999999999"}) {
    CAPTURE(bad);
    const thread_variable variable(bad);
    CHECK_THROWS_AS(lanewise::default_workers(), std::invalid_argument);
    CHECK_THROWS_WITH(lanewise::default_workers(), ContainsSubstring("LANEWISE_NUM_THREADS") && ContainsSubstring(bad));
    CHECK_THROWS_AS(thread_pool(), std::invalid_argument);
  }
  const thread_variable none(nullptr);
  CHECK(lanewise::default_workers() >= 1);
  CHECK(lanewise::default_workers() <= lanewise::os::affinity_cpus());
}

TEST_CASE("default_executor: one for the process, also when several threads ask first") {
  std::vector<std::thread> threads;
  std::atomic<std::size_t> calls{0};
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] { run(lanewise::default_executor(), 8, [&](std::size_t) { ++calls; }); });
  }
  for (std::thread& thread : threads) {
    thread.join();
  }
  CHECK(calls == 32);
  CHECK(lanewise::default_executor().workers() == lanewise::default_executor().workers());
  CHECK(lanewise::process::default_executor.load() != nullptr);
}

TEST_CASE("default_executor: shared with objects that were compiled with other flags") {
  const executor_ref theirs = default_executor_of_other_flags();
  const executor_ref ours = lanewise::default_executor();
  CHECK(std::memcmp(&theirs, &ours, sizeof ours) == 0);
  check_each_once(theirs, 1000);
  // Nor do their pools start threads inside our tasks.
  thread_pool pool(2);
  std::atomic<int> serial{0};
  run(pool, 2, [&](std::size_t) { serial += nested_run_of_other_flags_is_serial() ? 1 : 0; });
  CHECK(serial == 2);
}

#if LANEWISE_OS_POSIX

namespace {

// Exit status of a forked child that runs `body`.
template <class Body>
int status_in_child(Body body) {
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    ::_exit(body());
  }
  int status = -1;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

}  // namespace

TEST_CASE("fork: the child runs serially, and destroys its copy of the pool") {
  auto pool = std::make_unique<thread_pool>(3);
  check_each_once(*pool, 10);
  lanewise::parallelize(10, [](std::size_t) {});
  CHECK(status_in_child([&] {
          int calls = 0;  // plain: one thread
          run(*pool, 100, [&](std::size_t) { ++calls; });
          lanewise::parallelize(100, [&](std::size_t) { ++calls; });
          const bool good = calls == 200 && pool->workers() == 1;
          pool.reset();
          return good ? 0 : 1;
        }) == 0);
  check_each_once(*pool, 10);
  CHECK(pool->workers() == 3);
}

TEST_CASE("fork: inside a task, and from a thread while another runs") {
  thread_pool pool(2);
  std::atomic<int> good{0};
  run(pool, 2, [&](std::size_t) {
    const pid_t child = ::fork();
    if (child == 0) {
      int calls = 0;
      run(pool, 10, [&](std::size_t) { ++calls; });
      ::_exit(calls == 10 ? 0 : 1);
    }
    int status = -1;
    if (::waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0) {
      ++good;
    }
  });
  CHECK(good == 2);

  std::atomic<bool> stop{false};
  std::thread other([&] {
    while (!stop) {
      run(pool, 4, [](std::size_t) {});
    }
  });
  for (int round = 0; round < 20; ++round) {
    CHECK(status_in_child([&] {
            int calls = 0;
            run(pool, 10, [&](std::size_t) { ++calls; });
            return calls == 10 ? 0 : 1;
          }) == 0);
  }
  stop = true;
  other.join();
}

#endif
