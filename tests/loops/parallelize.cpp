// SPDX-License-Identifier: MIT
#include "lanewise/loops/parallelize.hpp"

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <mutex>
#include <random>
#include <set>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

namespace {

using range_set = std::set<std::pair<std::size_t, std::size_t>>;
constexpr std::size_t max_size = std::numeric_limits<std::size_t>::max();

range_set ranges_of(std::size_t n, std::size_t grain, lanewise::executor_ref executor) {
  std::mutex mutex;
  range_set ranges;
  bool twice = false;
  lanewise::parallelize(
      n, grain,
      [&](std::size_t begin, std::size_t end) {
        const std::lock_guard lock(mutex);
        twice |= !ranges.emplace(begin, end).second;
      },
      executor);
  CHECK_FALSE(twice);
  return ranges;
}

// An executor of somebody else's: serial, backwards, and says that it has `workers`.
struct foreign_executor {
  std::size_t count;
  std::size_t workers() const { return count; }
  void run(std::size_t n, lanewise::task_function task, void* context) const {
    for (std::size_t i = n; i-- > 0;) {
      task(context, i);
    }
  }
};

}  // namespace

TEST_CASE("parallelize: every index once, for many n and workers") {
  for (std::size_t workers : {1U, 2U, 3U, 8U}) {
    lanewise::thread_pool pool(workers);
    for (std::size_t n : {0U, 1U, 2U, 3U, 5U, 31U, 64U, 65U, 127U, 128U, 129U, 1000U, 10007U}) {
      std::vector<std::atomic<int>> calls(n);
      lanewise::parallelize(
          n, [&](std::size_t i) { ++calls[i]; }, pool);
      std::size_t once = 0;
      for (const auto& count : calls) {
        once += count == 1 ? 1 : 0;
      }
      CHECK(once == n);
    }
  }
}

TEST_CASE("parallelize: default executor") {
  std::vector<int> squares(1000);
  lanewise::parallelize(1000, [&](std::size_t i) { squares[i] = static_cast<int>(i * i); });
  for (std::size_t i = 0; i < 1000; ++i) {
    REQUIRE(squares[i] == static_cast<int>(i * i));
  }
}

TEST_CASE("parallelize: ranges begin at multiples of the grain and cover [0, n)") {
  const auto seed = 20260101U;
  CAPTURE(seed);
  std::mt19937 random(seed);
  for (int round = 0; round < 300; ++round) {
    const std::size_t n = random() % 3000;
    const std::size_t grain = random() % 200;  // 0 counts as 1
    const foreign_executor executor{1 + random() % 20};
    CAPTURE(n, grain, executor.count);
    const range_set ranges = ranges_of(n, grain, executor);
    std::size_t next = 0;
    for (const auto& [begin, end] : ranges) {
      CHECK(begin == next);
      CHECK(begin < end);
      CHECK((grain == 0 || begin % grain == 0));
      CHECK((end == n || end - begin >= grain));
      next = end;
    }
    CHECK(next == n);
    CHECK(ranges == ranges_of(n, grain, executor));
  }
}

TEST_CASE("parallelize: ranges depend on n, grain and workers alone") {
  lanewise::thread_pool pool(3);
  for (std::size_t n : {1U, 10U, 1000U, 12345U}) {
    CHECK(ranges_of(n, 7, pool) == ranges_of(n, 7, foreign_executor{3}));
  }
  CHECK(ranges_of(10, 4, foreign_executor{2}) == range_set{{0, 4}, {4, 8}, {8, 10}});
  CHECK(ranges_of(10, 4, lanewise::serial) == range_set{{0, 10}});
  CHECK(ranges_of(10, 10, foreign_executor{2}) == range_set{{0, 10}});
}

TEST_CASE("parallelize: huge n") {
  lanewise::thread_pool pool(3);
  for (std::size_t n : {max_size, max_size - 1, max_size / 2 + 2}) {
    for (std::size_t grain : {max_size, max_size / 2, max_size / 7, std::size_t{1} << 40, std::size_t{1}}) {
      const range_set ranges = ranges_of(n, grain, pool);
      CAPTURE(n, grain, ranges.size());
      std::size_t next = 0;
      for (const auto& [begin, end] : ranges) {
        CHECK(begin == next);
        CHECK((end == n || end - begin >= grain));
        next = end;
      }
      CHECK(next == n);
    }
  }
  // An executor that claims as many workers as there are numbers.
  CHECK(ranges_of(5, 1, foreign_executor{max_size}).size() == 5);

  std::atomic<std::size_t> covered{0};
  lanewise::parallelize_blocks(
      max_size, std::size_t{1} << 54, [&](std::size_t, std::size_t begin, std::size_t end) { covered += end - begin; },
      pool);
  CHECK(covered == max_size);
}

TEST_CASE("parallelize: huge n, index by index, ends early by an exception") {
  lanewise::thread_pool pool(2);
  std::atomic<int> calls{0};
  CHECK_THROWS_AS(lanewise::parallelize(
                      max_size,
                      [&](std::size_t) {
                        ++calls;
                        throw std::runtime_error("enough");
                      },
                      pool),
                  std::runtime_error);
  CHECK(calls >= 1);
  CHECK(calls <= 2);
}

TEST_CASE("parallelize_blocks: blocks depend on n and block alone") {
  for (std::size_t n : {0U, 1U, 9U, 10U, 11U, 1000U, 4097U}) {
    for (std::size_t block : {0U, 1U, 3U, 10U, 64U, 5000U}) {
      CAPTURE(n, block);
      for (std::size_t workers : {1U, 2U, 3U, 8U, 64U}) {
        lanewise::thread_pool pool(workers);
        const std::size_t count = lanewise::block_count(n, block);
        std::vector<std::pair<std::size_t, std::size_t>> blocks(count, {1, 0});
        lanewise::parallelize_blocks(
            n, block,
            [&](std::size_t b, std::size_t begin, std::size_t end) {
              blocks[b] = {begin, end};
            },
            pool);
        const std::size_t size = block == 0 ? 1 : block;
        for (std::size_t b = 0; b < count; ++b) {
          REQUIRE(blocks[b].first == b * size);
          REQUIRE(blocks[b].second == (b + 1 == count ? n : (b + 1) * size));
        }
      }
    }
  }
  CHECK(lanewise::block_count(10, 4) == 3);
  CHECK(lanewise::block_count(0, 4) == 0);
  CHECK(lanewise::block_count(max_size, 2) == max_size / 2 + 1);
}

TEST_CASE("parallelize: one task or one worker never leaves the caller, and keeps the order") {
  lanewise::thread_pool pool(4);
  std::vector<std::size_t> order;
  lanewise::parallelize(
      1, [&](std::size_t i) { order.push_back(i); }, pool);
  lanewise::parallelize(
      3, [&](std::size_t i) { order.push_back(i); }, lanewise::serial);
  lanewise::parallelize(
      2, [&](std::size_t i) { order.push_back(i); }, lanewise::thread_pool(1));
  CHECK(order == std::vector<std::size_t>{0, 0, 1, 2, 0, 1});
  const auto caller = std::this_thread::get_id();
  lanewise::parallelize(
      100, 100, [&](std::size_t, std::size_t) { CHECK(std::this_thread::get_id() == caller); }, pool);
}

TEST_CASE("parallelize: takes functions, function objects and temporaries") {
  static std::atomic<int> calls;
  calls = 0;
  void (*function)(std::size_t) = [](std::size_t) { ++calls; };
  lanewise::parallelize(10, function, lanewise::thread_pool(2));
  struct object {
    void operator()(std::size_t) const { ++calls; }
  };
  const object constant;
  lanewise::parallelize(10, constant, foreign_executor{2});
  lanewise::parallelize(10, object());
  lanewise::parallelize(
      10, [seen = 0](std::size_t) mutable { calls += ++seen > 0 ? 1 : 0; }, lanewise::serial);
  CHECK(calls == 40);
}
