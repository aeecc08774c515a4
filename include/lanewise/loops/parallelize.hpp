// SPDX-License-Identifier: MIT
#pragma once
// parallelize: loops whose iterations run on several threads, over indices, over ranges, over fixed blocks.

#include <algorithm>
#include <concepts>
#include <cstddef>

#include "lanewise/config/macros.hpp"
#include "lanewise/loops/executor.hpp"
#include "lanewise/loops/thread_pool.hpp"

LANEWISE_BEGIN_DETAIL

// Cuts [0, n) into `parts` contiguous parts of equal size, give or take one, and calls part(begin, end) for each.
// 1 <= parts <= n.
template <class Part>
void run_parts(std::size_t n, std::size_t parts, Part& part, executor_ref executor) {
  struct cut {
    Part* part;
    std::size_t size;
    std::size_t longer;  // so many parts have one more
  } context{&part, n / parts, n % parts};
  executor.run(
      parts,
      [](void* c, std::size_t i) {
        const cut& all = *static_cast<const cut*>(c);
        const std::size_t begin = i * all.size + std::min(i, all.longer);
        (*all.part)(begin, begin + all.size + (i < all.longer ? 1 : 0));
      },
      &context);
}

// min(n, workers * for_each), without overflow.
inline std::size_t part_count(std::size_t n, std::size_t workers, std::size_t for_each) {
  return n / for_each >= workers ? workers * for_each : n;
}

// The same for blocks of a fixed size: calls part(first_block, last_block).
template <class Part>
void run_block_parts(std::size_t blocks, std::size_t parts_per_worker, Part&& part, executor_ref executor) {
  if (blocks == 0) {
    return;
  }
  const std::size_t workers = blocks == 1 ? 1 : executor.workers();
  if (workers <= 1) {
    part(std::size_t{0}, blocks);
  } else {
    run_parts(blocks, part_count(blocks, workers, parts_per_worker), part, executor);
  }
}

// Several parts for each worker even out iterations of unequal cost, and what other programs take of a CPU.
inline constexpr std::size_t index_parts_per_worker = 32;
inline constexpr std::size_t range_parts_per_worker = 4;

LANEWISE_END_DETAIL

LANEWISE_BEGIN_NAMESPACE

/// How many blocks parallelize_blocks(n, block, ...) has: n / block, rounded up.
///
/// lanewise::block_count(10, 4) == 3
LANEWISE_INLINE constexpr std::size_t block_count(std::size_t n, std::size_t block) noexcept {
  block = block == 0 ? 1 : block;
  return n / block + (n % block != 0 ? 1 : 0);
}

/// Calls body(i) once for every i in [0, n), from several threads, in any order; returns when all calls have.
/// Body: callable with a std::size_t, from several threads at the same time.
/// Threads: those of `executor`; with one worker, or n = 1, all calls are made here, in order. n = 0: no calls.
/// Memory: none. Inside a task of a thread_pool, another run on any thread_pool runs serially.
/// Errors: the first exception of a call reaches the caller; calls not yet begun may be left out.
///
/// std::vector<int> squares(4);
/// lanewise::parallelize(4, [&](std::size_t i) { squares[i] = int(i * i); });  // {0, 1, 4, 9}
template <class Body>
  requires std::invocable<Body&, std::size_t>
void parallelize(std::size_t n, Body&& body, executor_ref executor = default_executor()) {
  detail::run_block_parts(
      n, detail::index_parts_per_worker,
      [&](std::size_t begin, std::size_t end) {
        for (std::size_t i = begin; i < end; ++i) {
          body(i);
        }
      },
      executor);
}

/// Calls body(begin, end) for contiguous ranges that together are [0, n), from several threads, in any order. Every
/// range begins at a multiple of `grain` and has at least `grain` elements, except that the last may be shorter. The
/// ranges depend on n, grain and the number of workers alone. A grain of 0 counts as 1; n = 0: no calls.
/// Choose the grain so that a range takes at least some microseconds, and a multiple of a cache line where ranges
/// write side by side.
/// Threads: those of `executor`; one worker: one call body(0, n) from here. Memory: none.
/// Errors: the first exception of a call reaches the caller; calls not yet begun may be left out.
///
/// lanewise::thread_pool pool(2);
/// lanewise::parallelize(10, 4, [&](std::size_t begin, std::size_t end) { ... }, pool);
///                                                          // (0, 4), (4, 8), (8, 10), in any order
template <class Body>
  requires std::invocable<Body&, std::size_t, std::size_t>
void parallelize(std::size_t n, std::size_t grain, Body&& body, executor_ref executor = default_executor()) {
  grain = std::max(grain, std::size_t{1});
  const std::size_t blocks = block_count(n, grain);
  detail::run_block_parts(
      blocks, detail::range_parts_per_worker,
      [&](std::size_t first, std::size_t last) { body(first * grain, last == blocks ? n : last * grain); }, executor);
}

/// Calls body(b, begin, end) for every block b of [0, n): begin = b * block, end = min(n, begin + block), from several
/// threads, in any order. The blocks depend on n and `block` alone, so that a reduction that keeps one partial result
/// for each block, and combines them in the order of b, gives the same bits for any number of workers.
/// A block of 0 counts as 1; n = 0: no calls. Number of blocks: block_count(n, block).
/// Threads: those of `executor`; one worker: all calls are made here, in order. Memory: none.
/// Errors: the first exception of a call reaches the caller; calls not yet begun may be left out.
///
/// std::vector<float> partial(lanewise::block_count(x.size(), 4096));
/// lanewise::parallelize_blocks(x.size(), 4096, [&](std::size_t b, std::size_t begin, std::size_t end) {
///   partial[b] = std::accumulate(&x[begin], &x[end], 0.0f);
/// });
template <class Body>
  requires std::invocable<Body&, std::size_t, std::size_t, std::size_t>
void parallelize_blocks(std::size_t n, std::size_t block, Body&& body, executor_ref executor = default_executor()) {
  block = std::max(block, std::size_t{1});
  const std::size_t blocks = block_count(n, block);
  detail::run_block_parts(
      blocks, detail::index_parts_per_worker,
      [&](std::size_t first, std::size_t last) {
        for (std::size_t b = first; b < last; ++b) {
          body(b, b * block, b + 1 == blocks ? n : (b + 1) * block);
        }
      },
      executor);
}

LANEWISE_END_NAMESPACE
