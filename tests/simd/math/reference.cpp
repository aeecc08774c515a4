// SPDX-License-Identifier: MIT
// The references of the math tests agree with each other: double, long double and, if it is there, MPFR.
#include <catch2/catch_test_macros.hpp>

#include "support/sample.hpp"

using namespace lanewise_tests;

namespace {

/// How far two values are apart, in units of T; 0 where both overflow or are the same infinity, zero or NaN.
template <class T>
double distance(const expected<T>& a, const expected<T>& b) {
  if (std::isnan(a.nearest) || std::isinf(a.nearest) || a.ulp == 0 || b.ulp == 0) {
    // What is nearly zero in the one may be zero in the other.
    return same(a.nearest, b.nearest) ? 0 : std::numeric_limits<double>::infinity();
  }
  return std::abs(static_cast<double>((a.nearest - b.nearest) / b.ulp) + a.rest - b.rest);
}

long double value(const expected<double>& x) {
  const long double nearest = static_cast<long double>(x.nearest);
  return x.ulp == 0 ? nearest : nearest + static_cast<long double>(x.rest * x.ulp);
}

template <class T>
void expect_agreement(std::string_view name, const char* what, const expected<T>& a, const expected<T>& b,
                      const std::string& where, double bound) {
  if (distance(a, b) <= bound) return;
  FAIL_CHECK(name << ", " << name_of<T>() << ", " << what << ": " << distance(a, b) << " units apart at " << where);
}

}  // namespace

TEST_CASE("references of one argument agree") {
  for (const unary* f : reference::every_unary()) {
    const sample<float, 1>& s = sample_of<float>(*f, domain::all, std::vector{between(-40, 40)});
    for (std::size_t i = 0; i < s.size(); i += 17) {
      const double x = static_cast<double>(s.at(0, i));
      const expected<double> exact = (*f)(x);
      const expected<double> wide = rounded<double>(f->in_long_double(static_cast<long double>(x)));
      expect_agreement(f->name, "long double", wide, exact, text(x), 0.01);
      expect_agreement(f->name, "double", s.want[i], rounded<float>(value(exact)), text(x), 0x1p-24);
    }
  }
  SUCCEED();
}

TEST_CASE("references of two arguments agree") {
  for (const binary* f : reference::every_binary()) {
    const sample<float, 2>& s = sample_of<float>(*f, domain::all, std::vector{both(between(0, 40), between(-40, 40))});
    for (std::size_t i = 0; i < s.size(); i += 17) {
      const double x = static_cast<double>(s.at(0, i)), y = static_cast<double>(s.at(1, i));
      const expected<double> exact = (*f)(x, y);
      const expected<double> wide =
          rounded<double>(f->in_long_double(static_cast<long double>(x), static_cast<long double>(y)));
      expect_agreement(f->name, "long double", wide, exact, text(x) + ", " + text(y), 0.01);
      expect_agreement(f->name, "double", s.want[i], rounded<float>(value(exact)), text(x) + ", " + text(y), 0x1p-24);
    }
  }
  SUCCEED();
}

TEST_CASE("errors are counted in units of the exact value") {
  // 1 + 0.25 units; just below 1 a unit is half as large.
  CHECK(ulps(1.0f, rounded<float>(1 + 0x1p-25)) == 0.25);
  CHECK(ulps(1.0f, rounded<float>(1 - 0x1p-26)) == 0.25);
  CHECK(ulps(1 + 0x1p-23f, rounded<float>(1 - 0x1p-24)) == 3);
  // Subnormals have the smallest unit, overflow counts as the number behind the largest.
  CHECK(ulps(0.0f, rounded<float>(0x1p-150)) == 0.5);
  CHECK(ulps(0x1p-149f, rounded<float>(0x1p-160)) == 1 - 0x1p-11);
  const float largest = std::numeric_limits<float>::max(), inf = std::numeric_limits<float>::infinity();
  CHECK(ulps(inf, rounded<float>(0x1p128)) == 0);
  CHECK(ulps(largest, rounded<float>(0x1p128)) == 1);
  CHECK(ulps(inf, rounded<float>(static_cast<double>(largest))) == 1);
  CHECK(ulps(inf, rounded<float>(-0x1p128)) == static_cast<double>(inf));
  // Exact zeros and infinities, and NaN.
  CHECK(ulps(0.0f, rounded<float>(0.0)) == 0);
  CHECK(std::isinf(ulps(-0.0f, rounded<float>(0.0))));
  CHECK(std::isinf(ulps(0x1p-149f, rounded<float>(0.0))));
  CHECK(std::isinf(ulps(largest, rounded<float>(HUGE_VAL))));
  CHECK(std::isinf(ulps(1.0f, rounded<float>(not_a_number))));
  CHECK(std::isinf(ulps(static_cast<float>(not_a_number), rounded<float>(1.0))));
  CHECK(ulps(static_cast<float>(not_a_number), rounded<float>(not_a_number)) == 0);
  CHECK(ulps(0x1p-1074, rounded<double>(0x1p-1074L)) == 0);
  CHECK(ulps(1.0, rounded<double>(1.0L + 0x1p-53L)) == 0.5);
}
