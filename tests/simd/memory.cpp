// SPDX-License-Identifier: MIT
// gather, scatter, strided and interleaved memory, streaming stores and prefetch, against guard pages, on every target.
#define LANEWISE_KERNEL_FILE "simd/memory.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/memory.hpp>

#include "support/guarded.hpp"
#include "support/per_target.hpp"
#include "support/sweep.hpp"

#include <algorithm>
#include <numeric>

LANEWISE_BEGIN_KERNEL_FILE(memory_tests)

using namespace lanewise_tests;
using lanewise_tests::HWY_NAMESPACE::for_each_type;

/// One type of each size: what moves does not care for more.
using moved_types = type_list<std::uint8_t, lanewise::float16, float, std::int64_t>;

/// N = 1, one register and two.
template <class T, class F>
void for_each_moved_width(F f) {
  constexpr std::size_t native = lw::native_width<T>;
  f.template operator()<1>();
  f.template operator()<native>();
  f.template operator()<2 * native>();
}

template <class T>
std::span<const T> values(std::size_t n) {
  return {operands_of<T>().c.data(), n};
}

/// Every element of a table whose first and last elements are next to guard pages.
template <class T, class I, std::size_t N>
LANEWISE_NOINLINE void gathers() {
  using v = lw::simd<T, N>;
  using index = lw::simd<I, N>;
  constexpr std::size_t size = N + 3;
  guarded<T> memory(size);
  const std::span<T> table = memory.last(size);
  std::ranges::copy(values<T>(size), table.begin());
  // A permutation with a repeated element; masked-off lanes point far outside.
  std::vector<I> at(N), wild(N);
  std::vector<T> on(N), want(N), want_masked(N), got(N);
  const T* base = table.data();
  I shift = 0;
  if constexpr (std::signed_integral<I>) {  // indices on both sides of the pointer
    base += size / 2;
    shift = static_cast<I>(size / 2);
  }
  for (std::size_t i = 0; i < N; ++i) {
    at[i] = static_cast<I>(static_cast<I>(i % 5 == 4 ? size - 1 : (i * 7 + 2) % size) - shift);
    const bool is_on = i % 3 != 1;
    on[i] = is_on ? T(1) : T(0);
    wild[i] = is_on ? at[i] : std::numeric_limits<I>::max() / 2;
    want[i] = base[at[i]];
    want_masked[i] = is_on ? want[i] : T(77);
  }
  lw::gather(base, index::load(at.data())).store(got.data());
  expect_same<T>("gather", name_of<T>(), N, got, want);
  const auto m = v::load(on.data()) != v(T(0));
  lw::gather(base, index::load(wild.data()), m, T(77)).store(got.data());
  expect_same<T>("masked gather", name_of<T>(), N, got, want_masked);

  const std::vector<T> source(values<T>(size).begin() + 3, values<T>(size).end());
  const auto scattered = [&](bool masked) {
    std::vector<T> result(size, T(55));
    for (std::size_t i = 0; i < N; ++i) {
      if (!masked || on[i] != T(0)) result[static_cast<std::size_t>(at[i] + shift)] = source[i];
    }
    return result;
  };
  std::ranges::fill(table, T(55));
  lw::scatter(v::load(source.data()), const_cast<T*>(base), index::load(at.data()));
  expect_same<T>("scatter", name_of<T>(), N, table, scattered(false));
  std::ranges::fill(table, T(55));
  lw::scatter(v::load(source.data()), const_cast<T*>(base), index::load(wild.data()), m);
  expect_same<T>("masked scatter", name_of<T>(), N, table, scattered(true));
}

void indexed() {
  for_each_type(moved_types(), []<class T>() LANEWISE_ATTR {
    for_each_moved_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      gathers<T, std::int32_t, N>();
      gathers<T, std::uint64_t, N>();
      if constexpr (sizeof(T) >= 4 && N <= lw::native_width<T>) {
        gathers<T, std::uint32_t, N>();
        gathers<T, std::int64_t, N>();
      }
    });
  });
}

template <class T, std::size_t N>
LANEWISE_NOINLINE void strided_by(std::ptrdiff_t stride) {
  using v = lw::simd<T, N>;
  const std::size_t span = (N - 1) * static_cast<std::size_t>(std::abs(stride)) + 1;
  guarded<T> memory(span);
  for (const std::span<T> table : {memory.first(span), memory.last(span)}) {
    std::ranges::copy(values<T>(span), table.begin());
    T* first = stride < 0 ? &table.back() : table.data();
    std::vector<T> got(N), want(N);
    for (std::size_t i = 0; i < N; ++i) want[i] = first[static_cast<std::ptrdiff_t>(i) * stride];
    lw::load_strided<N>(static_cast<const T*>(first), stride).store(got.data());
    expect_same<T>("load_strided", name_of<T>(), N, got, want);

    std::vector<T> expected(table.begin(), table.end());
    const std::ptrdiff_t at = first - table.data();
    for (std::size_t i = 0; i < N; ++i) {
      expected[static_cast<std::size_t>(at + static_cast<std::ptrdiff_t>(i) * stride)] = T(static_cast<int>(i % 100));
    }
    lw::store_strided(v::iota(T(0)), first, stride);
    std::vector<T> wrapped(table.begin(), table.end());
    for (std::size_t i = 100; i < N; ++i) {  // iota beyond 100 does not fit every type: only the places count
      wrapped[static_cast<std::size_t>(at + static_cast<std::ptrdiff_t>(i) * stride)] = T(static_cast<int>(i % 100));
    }
    expect_same<T>("store_strided", name_of<T>(), N, wrapped, expected);
  }
}

template <class T, std::size_t N, std::size_t count>
LANEWISE_NOINLINE void interleaved_of() {
  using v = lw::simd<T, N>;
  guarded<T> memory(count * N);
  for (const std::span<T> table : {memory.first(count * N), memory.last(count * N)}) {
    std::ranges::copy(values<T>(count * N), table.begin());
    const std::array<v, count> parts = lw::load_interleaved<count, N>(static_cast<const T*>(table.data()));
    for (std::size_t c = 0; c < count; ++c) {
      std::vector<T> got(N), want(N);
      for (std::size_t i = 0; i < N; ++i) want[i] = table[count * i + c];
      parts[c].store(got.data());
      expect_same<T>("load_interleaved", name_of<T>(), N, got, want);
    }
    std::ranges::fill(table, T(0));
    if constexpr (count == 2) lw::store_interleaved(table.data(), parts[0], parts[1]);
    if constexpr (count == 3) lw::store_interleaved(table.data(), parts[0], parts[1], parts[2]);
    if constexpr (count == 4) lw::store_interleaved(table.data(), parts[0], parts[1], parts[2], parts[3]);
    expect_same<T>("store_interleaved", name_of<T>(), N, table, values<T>(count * N));
  }
}

void regular() {
  for_each_type(moved_types(), []<class T>() LANEWISE_ATTR {
    for_each_moved_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      if constexpr (N <= lw::native_width<T>) {
        strided_by<T, N>(7);
        strided_by<T, N>(-3);
        strided_by<T, N>(0);
      }
      interleaved_of<T, N, 2>();
      interleaved_of<T, N, 3>();
      interleaved_of<T, N, 4>();
    });
  });
}

void past_the_caches() {
  for_each_type(moved_types(), []<class T>() LANEWISE_ATTR {
    for_each_moved_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      guarded<T> memory(N);
      const std::span<T> to = memory.first(N);
      lw::store_stream(lw::simd<T, N>::load(values<T>(N).data()), to.data());
      lw::stream_fence();
      expect_same<T>("store_stream", name_of<T>(), N, to, values<T>(N));
      lw::prefetch(to.data() - 1);  // a guard page: hints never fault
      lw::prefetch_for_write<0>(to.data() + 100000);
    });
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace memory_tests {
LANEWISE_TEST_PER_TARGET(indexed, "gather and scatter");
LANEWISE_TEST_PER_TARGET(regular, "strided and interleaved");
LANEWISE_TEST_PER_TARGET(past_the_caches, "store_stream and prefetch");
}  // namespace memory_tests
#endif
