// SPDX-License-Identifier: MIT
// A second oracle: the operations of simd against those of xsimd's batches, for the flags of this file.
#include <lanewise/simd/arithmetic.hpp>
#include <lanewise/simd/convert.hpp>
#include <lanewise/simd/reduce.hpp>

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>

#include <xsimd/xsimd.hpp>

#include <vector>

#include "support/values.hpp"

namespace {

using namespace lanewise_tests;

/// Applies ours and theirs to all operands and compares.
template <class T, class Ours, class Theirs>
void compare(const char* what, Ours ours, Theirs theirs) {
  using batch = xsimd::batch<T>;
  using v = lanewise::simd<T, batch::size>;
  const auto& [a, b, c] = operands_of<T>();
  std::vector<T> got(sweep), want(sweep);
  for (std::size_t i = 0; i < sweep; i += batch::size) {
    ours(v::load(&a[i]), v::load(&b[i]), v::load(&c[i])).store(&got[i]);
    theirs(batch::load_unaligned(&a[i]), batch::load_unaligned(&b[i]), batch::load_unaligned(&c[i]))
        .store_unaligned(&want[i]);
  }
  expect_same<T>(what, name_of<T>(), batch::size, got, want);
}

}  // namespace

TEMPLATE_TEST_CASE("simd and xsimd agree", "", std::int8_t, std::int16_t, std::int32_t, std::int64_t, std::uint8_t,
                   std::uint16_t, std::uint32_t, std::uint64_t, float, double) {
  using T = TestType;
  compare<T>(
      "a + b", [](auto a, auto b, auto) { return a + b; }, [](auto a, auto b, auto) { return a + b; });
  compare<T>(
      "a - b", [](auto a, auto b, auto) { return a - b; }, [](auto a, auto b, auto) { return a - b; });
  compare<T>(
      "a * b", [](auto a, auto b, auto) { return a * b; }, [](auto a, auto b, auto) { return a * b; });
  compare<T>(
      "abs", [](auto a, auto, auto) { return lanewise::abs(a); }, [](auto a, auto, auto) { return xsimd::abs(a); });
  compare<T>(
      "select", [](auto a, auto b, auto c) { return lanewise::select(a < b, a, c); },
      [](auto a, auto b, auto c) { return xsimd::select(a < b, a, c); });
  compare<T>(
      "select, ==", [](auto a, auto b, auto c) { return lanewise::select(a == b, a, c); },
      [](auto a, auto b, auto c) { return xsimd::select(a == b, a, c); });
  compare<T>(
      "select, >=", [](auto a, auto b, auto c) { return lanewise::select(a >= b, a, c); },
      [](auto a, auto b, auto c) { return xsimd::select(a >= b, a, c); });
  if constexpr (std::floating_point<T>) {
    if constexpr (HWY_ARCH_X86 != 0) {  // on NEON xsimd 13 estimates both: 0 / denorm_min is NaN there
      compare<T>(
          "a / b", [](auto a, auto b, auto) { return a / b; }, [](auto a, auto b, auto) { return a / b; });
      compare<T>(
          "sqrt", [](auto a, auto, auto) { return lanewise::sqrt(a); },
          [](auto a, auto, auto) { return xsimd::sqrt(a); });
    }
    if constexpr (HWY_NATIVE_FMA != 0) {  // not on the emulated target
      compare<T>(
          "fma", [](auto a, auto b, auto c) { return lanewise::fma(a, b, c); },
          [](auto a, auto b, auto c) { return xsimd::fma(a, b, c); });
    }
  } else {
    compare<T>(
        "min", [](auto a, auto b, auto) { return lanewise::min(a, b); },
        [](auto a, auto b, auto) { return xsimd::min(a, b); });
    compare<T>(
        "max", [](auto a, auto b, auto) { return lanewise::max(a, b); },
        [](auto a, auto b, auto) { return xsimd::max(a, b); });
    compare<T>(
        "a & b", [](auto a, auto b, auto) { return a & b; }, [](auto a, auto b, auto) { return a & b; });
    compare<T>(
        "a ^ b", [](auto a, auto b, auto) { return a ^ b; }, [](auto a, auto b, auto) { return a ^ b; });
    compare<T>(
        "a << 3", [](auto a, auto, auto) { return a << 3; }, [](auto a, auto, auto) { return a << 3; });
    compare<T>(
        "a >> 3", [](auto a, auto, auto) { return a >> 3; }, [](auto a, auto, auto) { return a >> 3; });
  }
}

TEMPLATE_TEST_CASE("reductions of simd and of xsimd agree", "", std::int32_t, std::uint64_t, float, double) {
  using batch = xsimd::batch<TestType>;
  using v = lanewise::simd<TestType, batch::size>;
  std::vector<TestType> x(batch::size);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = static_cast<TestType>(3 * i + 1);  // sums are exact
  CHECK(lanewise::reduce_add(v::load(x.data())) == xsimd::reduce_add(batch::load_unaligned(x.data())));
  CHECK(lanewise::reduce_max(v::load(x.data())) == xsimd::reduce_max(batch::load_unaligned(x.data())));
  CHECK(lanewise::reduce_min(v::load(x.data())) == xsimd::reduce_min(batch::load_unaligned(x.data())));
}
