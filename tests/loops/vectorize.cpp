// SPDX-License-Identifier: MIT
// vectorize: every position exactly once and in order, for all tails, widths and unroll factors, on every target.
#define LANEWISE_KERNEL_FILE "loops/vectorize.cpp"
#include <lanewise/dispatch/foreach_target.hpp>

#include <lanewise/loops/vectorize.hpp>
#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/reduce.hpp>

#include "support/guarded.hpp"
#include "support/per_target.hpp"
#include "support/sweep.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#ifndef LANEWISE_TESTS_VECTORIZE_REFERENCE
#define LANEWISE_TESTS_VECTORIZE_REFERENCE
namespace vectorize_tests {

using namespace lanewise_tests;

/// The calls that a body saw: position and width.
using calls = std::vector<std::pair<std::size_t, std::size_t>>;

inline calls blocks_of(std::size_t n, std::size_t width) {
  calls all;
  for (std::size_t i = 0; i + width <= n; i += width) all.emplace_back(i, width);
  return all;
}

inline calls with_scalar_tail(std::size_t n, std::size_t width) {
  calls all = blocks_of(n, width);
  for (std::size_t i = n / width * width; i < n; ++i) all.emplace_back(i, 1);
  return all;
}

inline calls with_cascade(std::size_t n, std::size_t width) {
  calls all = blocks_of(n, width);
  std::size_t i = n / width * width;
  for (std::size_t w = width / 2; w > 0; w /= 2) {
    if ((n & w) == 0) continue;  // the rest in binary
    all.emplace_back(i, w);
    i += w;
  }
  return all;
}

inline calls with_masked_tail(std::size_t n, std::size_t width) {
  calls all = blocks_of(n, width);
  if (n % width != 0) all.emplace_back(n / width * width, n % width);
  return all;
}

inline std::string text(const calls& all) {
  std::string out;
  for (const auto& [index, width] : all) out += std::to_string(index) + ':' + std::to_string(width) + ' ';
  return out;
}

inline void expect_calls(const char* tail, std::size_t n, std::size_t width, std::size_t unroll, const calls& got,
                         const calls& want) {
  if (got == want) return;
  FAIL_CHECK("vectorize<" << width << ", " << unroll << ", tail::" << tail << ">(" << n << "): calls were " << text(got)
                          << "but should be " << text(want));
}

}  // namespace vectorize_tests
#endif

LANEWISE_BEGIN_KERNEL_FILE(vectorize_tests)

namespace tail = ::lanewise::tail;

template <std::size_t W, std::size_t Unroll>
void check_calls() {
  for (std::size_t n = 0; n <= 3 * W * Unroll; ++n) {
    calls scalar, cascade, masked;
    lw::vectorize<W, Unroll>(n, [&]<std::size_t w>(std::size_t i) LANEWISE_ATTR { scalar.emplace_back(i, w); });
    expect_calls("scalar", n, W, Unroll, scalar, with_scalar_tail(n, W));
    lw::vectorize<W, Unroll, tail::cascade>(
        n, [&]<std::size_t w>(std::size_t i) LANEWISE_ATTR { cascade.emplace_back(i, w); });
    expect_calls("cascade", n, W, Unroll, cascade, with_cascade(n, W));
    lw::vectorize<W, Unroll, tail::masked>(n, [&](auto block) LANEWISE_ATTR {
      static_assert(decltype(block)::width == W);
      masked.emplace_back(block.index, block.size());
    });
    expect_calls("masked", n, W, Unroll, masked, with_masked_tail(n, W));
  }
  SUCCEED();
}

void positions() {
  check_calls<1, 1>();
  check_calls<1, 3>();
  check_calls<2, 1>();
  check_calls<4, 2>();
  check_calls<8, 3>();
  check_calls<16, 4>();
  check_calls<32, 1>();
  check_calls<64, 2>();
}

/// y = 2 x + 1 with each tail, between guard pages: nothing outside is touched, nothing left out.
template <class T, std::size_t W, std::size_t Unroll>
void check_memory() {
  constexpr std::size_t most = 3 * W * Unroll;
  guarded<T> input(most), output(most);
  const auto twice_plus_one = [](auto v) LANEWISE_ATTR { return v + v + T(1); };
  for (std::size_t n = 0; n <= most; ++n) {
    for (const bool at_end : {false, true}) {
      const T* x = (at_end ? input.last(n) : input.first(n)).data();
      T* y = (at_end ? output.last(n) : output.first(n)).data();
      std::vector<T> want(n);
      for (std::size_t i = 0; i < n; ++i) {
        const T value = static_cast<T>(i % 50);
        (at_end ? input.last(n) : input.first(n))[i] = value;
        want[i] = static_cast<T>(2 * value + 1);
      }
      const auto body = [&]<std::size_t w>(std::size_t i)
                            LANEWISE_ATTR { twice_plus_one(lw::simd<T, w>::load(x + i)).store(y + i); };
      const auto expect = [&](const char* what) {
        for (std::size_t i = 0; i < n; ++i) {
          if (y[i] != want[i]) {
            FAIL_CHECK(what << ", " << name_of<T>() << ", W " << W << ", Unroll " << Unroll << ", n " << n
                            << ": wrong at " << i);
            break;
          }
        }
        std::fill_n(y, n, T(0));
      };
      lw::vectorize<W, Unroll>(n, body);
      expect("tail::scalar");
      lw::vectorize<W, Unroll, tail::cascade>(n, body);
      expect("tail::cascade");
      lw::vectorize<W, Unroll, tail::masked>(
          n, [&](auto block) LANEWISE_ATTR { block.store(y, twice_plus_one(block.load(x))); });
      expect("tail::masked");
    }
  }
  SUCCEED();
}

void memory() {
  check_memory<float, lw::native_width<float>, 2>();
  check_memory<float, 4 * lw::native_width<float>, 1>();
  check_memory<double, 2, 3>();
  check_memory<std::uint8_t, lw::native_width<std::uint8_t>, 1>();
  check_memory<std::int16_t, 8, 2>();
}

/// Lanes that do not exist hold the fill, and are off in active().
void fill() {
  constexpr std::size_t W = 2 * lw::native_width<float>;
  guarded<float> input(3 * W);
  for (std::size_t n = 0; n <= 3 * W; ++n) {
    const std::span<float> x = input.last(n);
    double sum = 0;
    float product = 1;
    for (std::size_t i = 0; i < n; ++i) {
      x[i] = i % 2 == 0 ? 2.0f : 0.5f;
      sum += x[i];
      product *= x[i];
    }
    lw::simd<float, W> sums{}, products = 1.0f, least = 100.0f;
    std::size_t active = 0;
    lw::vectorize<W, 2, tail::masked>(n, [&](auto block) LANEWISE_ATTR {
      sums += block.load(x.data());
      products *= block.load(x.data(), 1.0f);
      least = lw::min(least, block.load(x.data(), 100.0f));
      active += lw::count(block.template active<float>());
    });
    INFO("n = " << n);
    REQUIRE(static_cast<double>(lw::reduce_add(sums)) == sum);
    REQUIRE(lw::reduce_mul(products) == product);
    REQUIRE(lw::reduce_min(least) == (n == 0 ? 100.0f : n == 1 ? 2.0f : 0.5f));
    REQUIRE(active == n);
  }
}

void exceptions() {
  std::size_t calls_before = 0;
  CHECK_THROWS_AS((lw::vectorize<4>(100,
                                    [&]<std::size_t>(std::size_t i) LANEWISE_ATTR {
                                      if (i == 8) throw std::runtime_error("stop");
                                      ++calls_before;
                                    })),
                  std::runtime_error);
  CHECK(calls_before == 2);
}

LANEWISE_END_KERNEL_FILE

#if LANEWISE_ONCE
namespace vectorize_tests {
LANEWISE_TEST_PER_TARGET(positions, "vectorize calls its body for every position once and in order");
LANEWISE_TEST_PER_TARGET(memory, "vectorize stays inside the data, with every tail");
LANEWISE_TEST_PER_TARGET(fill, "tail::masked fills the lanes that do not exist");
LANEWISE_TEST_PER_TARGET(exceptions, "vectorize passes the body's exceptions on");
}  // namespace vectorize_tests
#endif
