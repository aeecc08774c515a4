// SPDX-License-Identifier: MIT
// Loads and stores of simd: whole, partial and masked, at every alignment, against guard pages, on every target.
#define LANEWISE_KERNEL_FILE "simd/load_store.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/simd.hpp>

#include "support/guarded.hpp"
#include "support/per_target.hpp"
#include "support/sweep.hpp"

#include <algorithm>

LANEWISE_BEGIN_KERNEL_FILE(load_store_tests)

using namespace lanewise_tests;
using lanewise_tests::HWY_NAMESPACE::for_each_type;
using lanewise_tests::HWY_NAMESPACE::for_each_width;

constexpr std::size_t alignments = 8;

// One copy of each operation for each type and width: compiled where they are called they would take minutes.
template <class T, std::size_t N>
LANEWISE_NOINLINE std::vector<T> first_of(const T* p, std::size_t n, T fill) {
  std::vector<T> lanes(N);
  lw::simd<T, N>::load_first(p, n, fill).store(lanes.data());
  return lanes;
}
template <class T, std::size_t N>
LANEWISE_NOINLINE void put_first(const T* values, T* p, std::size_t n) {
  lw::simd<T, N>::load(values).store_first(p, n);
}
template <class T, std::size_t N>
LANEWISE_NOINLINE std::vector<T> masked_of(const T* p, const T* on, const T* otherwise) {
  using v = lw::simd<T, N>;
  std::vector<T> lanes(N);
  const auto m = v::load(on) != v(T(0));
  (otherwise == nullptr ? v::load_masked(p, m) : v::load_masked(p, m, v::load(otherwise))).store(lanes.data());
  return lanes;
}
template <class T, std::size_t N>
LANEWISE_NOINLINE void put_masked(const T* values, T* p, const T* on) {
  using v = lw::simd<T, N>;
  v::load(values).store_masked(p, v::load(on) != v(T(0)));
}

/// Counts from 0 to N + 1; of the middle of long vectors a sample.
inline std::vector<std::size_t> counts_up_to(std::size_t lanes) {
  std::vector<std::size_t> counts;
  for (std::size_t n = 0; n <= lanes + 1; ++n) {
    if (lanes <= 64 || n < 20 || n + 20 > lanes || n % 13 == 0 || n % 64 <= 1) counts.push_back(n);
  }
  return counts;
}

/// Whether the first n of `got` are those of `want` and the others all `rest`.
template <class T>
bool is_first(std::span<const T> got, std::span<const T> want, std::size_t n, T rest) {
  for (std::size_t i = 0; i < got.size(); ++i) {
    if (!same(got[i], i < n ? want[i] : rest)) return false;
  }
  return true;
}

void whole() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    for_each_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      using v = lw::simd<T, N>;
      guarded<T> memory(N + alignments), copy(N + alignments);
      const std::span<const T> values(operands_of<T>().a.data(), N + alignments);
      std::ranges::copy(values, memory.last(N + alignments).begin());
      for (std::size_t offset = 0; offset <= alignments; ++offset) {
        const T* from = memory.last(N + alignments).data() + offset;
        T* to = copy.first(N + alignments).data() + alignments - offset;
        v::load(from).store(to);
        expect_same<T>("load and store", name_of<T>(), N, {to, N}, values.subspan(offset, N));
      }
      // Page ends and starts are aligned for every vector.
      std::fill_n(copy.first(N).begin(), N, T(0));
      std::ranges::copy(values.first(N), memory.first(N).begin());
      v::load_aligned(memory.first(N).data()).store_aligned(copy.first(N).data());
      expect_same<T>("load_aligned and store_aligned", name_of<T>(), N, copy.first(N), values.first(N));
    });
  });
}

/// What differs from the first n of `values`, read and written next to the guard pages at `offset`; null if nothing.
template <class T, std::size_t N>
const char* fault_of_first(guarded<T>& memory, std::span<const T> values, std::size_t n, std::size_t offset) {
  const std::size_t m = std::min(n, N);
  // m elements that end `offset` before the page; what follows them holds another value.
  const std::span<T> end = memory.last(m + offset);
  std::ranges::fill(end, T(77));
  std::ranges::copy(values.first(m), end.begin());
  if (!is_first<T>(first_of<T, N>(end.data(), n, T(0)), values, m, T(0))) return "load_first";
  if (!is_first<T>(first_of<T, N>(end.data(), n, T(9)), values, m, T(9))) return "load_first with fill";
  std::ranges::fill(end, T(77));
  put_first<T, N>(values.data(), end.data(), n);
  if (!is_first<T>(end, values, m, T(77))) return "store_first";

  // m elements `offset` behind the page in front.
  const std::span<T> start = memory.first(offset + m + 1);
  std::ranges::fill(start, T(77));
  std::ranges::copy(values.first(m), start.begin() + static_cast<std::ptrdiff_t>(offset));
  if (!is_first<T>(first_of<T, N>(&start[offset], n, T(0)), values, m, T(0))) return "load_first, page in front";
  std::ranges::fill(start, T(77));
  put_first<T, N>(values.data(), &start[offset], n);
  if (!is_first<T>(start.first(offset), values, 0, T(77))) return "store_first wrote in front";
  if (!is_first<T>(start.subspan(offset), values, m, T(77))) return "store_first, page in front";
  return nullptr;
}

void first_n() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    for_each_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      const std::span<const T> values(operands_of<T>().a.data(), N);
      guarded<T> memory(N + alignments + 1);
      for (const std::size_t n : counts_up_to(N)) {
        for (std::size_t offset = 0; offset < alignments; ++offset) {
          const char* fault = fault_of_first<T, N>(memory, values, n, offset);
          if (fault != nullptr) {
            FAIL_CHECK(fault << ": simd<" << name_of<T>() << ", " << N << ">, n = " << n << ", offset " << offset);
          }
        }
      }
      CHECK(is_first<T>(first_of<T, N>(nullptr, 0, T(0)), values, 0, T(0)));
      put_first<T, N>(values.data(), nullptr, 0);
    });
  });
}

/// The same for masked access, with lanes off that lie in the guard pages.
template <class T, std::size_t N>
const char* fault_of_masked(guarded<T>& memory, std::span<const T> values, std::size_t n) {
  std::vector<T> first(N), last(N);
  for (std::size_t i = 0; i < N; ++i) (i < n ? first : last)[i] = T(1);
  const std::span<T> end = memory.last(n);
  std::ranges::copy(values.first(n), end.begin());
  if (!is_first<T>(masked_of<T, N>(end.data(), first.data(), nullptr), values, n, T(0))) return "load_masked";
  std::ranges::fill(end, T(77));
  put_masked<T, N>(values.data(), end.data(), first.data());
  if (!is_first<T>(end, values, n, T(77))) return "store_masked";

  // Lanes n to N - 1 lie right behind the page in front.
  const std::span<T> start = memory.first(N - n);
  std::ranges::fill(start, T(5));
  T* before = reinterpret_cast<T*>(reinterpret_cast<std::uintptr_t>(start.data()) - n * sizeof(T));
  const std::vector<T> lanes = masked_of<T, N>(before, last.data(), nullptr);
  for (std::size_t i = 0; i < N; ++i) {
    if (!same(lanes[i], i < n ? T(0) : T(5))) return "load_masked, page in front";
  }
  put_masked<T, N>(values.data(), before, last.data());
  if (!is_first<T>(start, values.subspan(n), N - n, T(0))) return "store_masked, page in front";
  return nullptr;
}

void masked() {
  for_each_type(all_types(), []<class T>() LANEWISE_ATTR {
    for_each_width<T>([]<std::size_t N>() LANEWISE_ATTR {
      const std::span<const T> values(operands_of<T>().a.data(), N), others(operands_of<T>().c.data(), N);
      guarded<T> memory(N + alignments);
      bool loads = true, loads_otherwise = true, stores = true;
      std::vector<T> on(N);  // without a pattern that repeats
      for (std::size_t i = 0; i < N; ++i) on[i] = static_cast<T>((i / 3 + i) % 2);
      for (std::size_t offset = 0; offset < alignments; ++offset) {
        T* at = memory.last(N + offset).data();
        std::ranges::copy(values, at);
        const std::vector<T> zeros = masked_of<T, N>(at, on.data(), nullptr);
        const std::vector<T> kept = masked_of<T, N>(at, on.data(), others.data());
        std::fill_n(at, N, T(77));
        put_masked<T, N>(values.data(), at, on.data());
        for (std::size_t i = 0; i < N; ++i) {
          loads = loads && same(zeros[i], on[i] != T(0) ? values[i] : T(0));
          loads_otherwise = loads_otherwise && same(kept[i], on[i] != T(0) ? values[i] : others[i]);
          stores = stores && same(at[i], on[i] != T(0) ? values[i] : T(77));
        }
      }
      INFO("simd<" << name_of<T>() << ", " << N << ">");
      CHECK(loads);
      CHECK(loads_otherwise);
      CHECK(stores);
      for (const std::size_t n : counts_up_to(N)) {
        const char* fault = n <= N ? fault_of_masked<T, N>(memory, values, n) : nullptr;
        if (fault != nullptr) FAIL_CHECK(fault << ", n = " << n);
      }
    });
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace load_store_tests {
LANEWISE_TEST_PER_TARGET(whole, "load and store at every alignment, next to pages that may not be touched");
LANEWISE_TEST_PER_TARGET(first_n, "load_first and store_first touch n elements and nothing else");
LANEWISE_TEST_PER_TARGET(masked, "load_masked and store_masked touch the lanes that are on and nothing else");
}  // namespace load_store_tests
#endif
