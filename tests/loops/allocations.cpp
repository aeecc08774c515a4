// SPDX-License-Identifier: MIT
// No parallel run allocates, once its pool is warm. This program's operator new counts. Not in clang's ThreadSanitizer,
// whose library allows no other operator new.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define LANEWISE_TEST_KEEP_NEW
#endif
#endif

#ifndef LANEWISE_TEST_KEEP_NEW

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <cstdlib>
#include <new>

#include "lanewise/loops/parallelize.hpp"

namespace {
std::atomic<std::size_t> allocations{0};
}

void* operator new(std::size_t bytes) {
  ++allocations;
  if (void* memory = std::malloc(bytes != 0 ? bytes : 1)) {
    return memory;
  }
  throw std::bad_alloc();
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

TEST_CASE("parallel runs do not allocate") {
  lanewise::thread_pool pool(3);
  std::atomic<std::size_t> sum{0};
  const auto all_kinds = [&](lanewise::executor_ref executor) {
    lanewise::parallelize(
        1000, [&](std::size_t i) { sum += i; }, executor);
    lanewise::parallelize(
        1000, 10, [&](std::size_t begin, std::size_t end) { sum += end - begin; }, executor);
    lanewise::parallelize_blocks(
        1000, 7, [&](std::size_t b, std::size_t, std::size_t) { sum += b; }, executor);
  };
  all_kinds(lanewise::default_executor());
  const std::size_t before = allocations;
  for (int round = 0; round < 100; ++round) {
    all_kinds(pool);
    all_kinds(lanewise::default_executor());
    all_kinds(lanewise::serial);
  }
  const std::size_t after = allocations;
  CHECK(after == before);
  CHECK(sum != 0);
}

#endif
