// SPDX-License-Identifier: MIT
// compress, compress_store, expand on every target, against loops; stores next to guard pages.
#define LANEWISE_KERNEL_FILE "simd/compress.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/simd/compress.hpp>

#include "support/guarded.hpp"
#include "support/lanes.hpp"
#include "support/per_target.hpp"

#include <algorithm>

#ifndef LANEWISE_TESTS_COMPRESS_REFERENCE
#define LANEWISE_TESTS_COMPRESS_REFERENCE
namespace compress_tests {

using namespace lanewise_tests;

/// The values where `on`; then zeros.
template <class T>
std::vector<T> compressed(const std::vector<T>& values, const std::vector<bool>& on) {
  std::vector<T> result;
  for (std::size_t i = 0; i < on.size(); ++i) {
    if (on[i]) result.push_back(values[i]);
  }
  result.resize(on.size(), T(0));
  return result;
}
template <class T>
std::vector<T> expanded(const std::vector<T>& values, const std::vector<bool>& on) {
  std::vector<T> result;
  std::size_t next = 0;
  for (const bool x : on) result.push_back(x ? values[next++] : T(0));
  return result;
}

}  // namespace compress_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(compress_tests)

using lanewise_tests::HWY_NAMESPACE::for_each_moved;
using lanewise_tests::HWY_NAMESPACE::lanes_of;
using lanewise_tests::HWY_NAMESPACE::mask_of;

template <class T, std::size_t N>
LANEWISE_NOINLINE std::size_t put_compressed(T* p, const T* values, const std::vector<bool>& on) {
  return lw::compress_store(p, lw::simd<T, N>::load(values), mask_of<T, N>(on));
}

void together_and_apart() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    const std::vector<T> values = random_values<T>(N);
    const auto x = lw::simd<T, N>::load(values.data());
    for (const std::vector<bool>& on : patterns(N)) {
      const auto m = mask_of<T, N>(on);
      expect_same<T>("compress", name_of<T>(), N, lanes_of(lw::compress(x, m)), compressed(values, on));
      expect_same<T>("expand", name_of<T>(), N, lanes_of(lw::expand(x, m)), expanded(values, on));
    }
  });
}

/// Nothing behind the lanes that are true is touched: they end at a guard page, and what stands there stays.
void stores() {
  for_each_moved([]<class T, std::size_t N>() LANEWISE_ATTR {
    const std::vector<T> values = random_values<T>(N);
    guarded<T> memory(N + 1);
    for (const std::vector<bool>& on : patterns(N)) {
      const std::size_t n = static_cast<std::size_t>(std::ranges::count(on, true));
      const std::vector<T> want = compressed(values, on);
      const std::size_t in_guarded = put_compressed<T, N>(memory.last(n).data(), values.data(), on);
      expect_same<T>("compress_store", name_of<T>(), N, memory.last(n), {want.data(), n});
      std::ranges::fill(memory.first(N + 1), T(77));
      const std::size_t in_larger = put_compressed<T, N>(memory.first(n).data(), values.data(), on);
      CHECK((in_guarded == n && in_larger == n));
      const std::vector<T> rest(N + 1 - n, T(77));
      expect_same<T>("behind compress_store", name_of<T>(), N, memory.first(N + 1).subspan(n), rest);
    }
  });
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace compress_tests {
LANEWISE_TEST_PER_TARGET(together_and_apart, "compress and expand, zeros elsewhere");
LANEWISE_TEST_PER_TARGET(stores, "compress_store touches no more than it counts");
}  // namespace compress_tests
#endif
