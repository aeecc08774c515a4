// SPDX-License-Identifier: MIT
#include "lanewise/data/aligned_buffer.hpp"

#include <catch2/catch_template_test_macros.hpp>
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_exception.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <complex>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <span>
#include <stdexcept>
#include <type_traits>
#include <utility>

using lanewise::aligned_buffer;
using lanewise::uninitialized;

namespace {

static_assert(!std::is_copy_constructible_v<aligned_buffer<float>>);
static_assert(!std::is_copy_assignable_v<aligned_buffer<float>>);
static_assert(std::is_nothrow_move_constructible_v<aligned_buffer<float>>);
static_assert(std::is_nothrow_move_assignable_v<aligned_buffer<float>>);
static_assert(std::is_convertible_v<aligned_buffer<float>&, std::span<float>>);
static_assert(std::is_convertible_v<const aligned_buffer<float>&, std::span<const float>>);
static_assert(!std::is_convertible_v<const aligned_buffer<float>&, std::span<float>>);
static_assert(!std::is_convertible_v<std::size_t, aligned_buffer<float>>);

bool aligned(const void* p, std::size_t alignment) { return reinterpret_cast<std::uintptr_t>(p) % alignment == 0; }

}  // namespace

TEMPLATE_TEST_CASE("aligned_buffer: zeroed and aligned", "", std::int8_t, std::uint16_t, float, double,
                   std::complex<float>) {
  for (const std::size_t n : std::initializer_list<std::size_t>{1, 2, 3, 15, 16, 17, 63, 64, 65, 1000}) {
    aligned_buffer<TestType> x(n);
    REQUIRE(x.size() == n);
    REQUIRE(!x.empty());
    REQUIRE(aligned(x.data(), lanewise::buffer_alignment));
    for (const TestType& v : x) {
      REQUIRE(v == TestType{});
    }
    x[n - 1] = TestType{1};
    REQUIRE(std::as_const(x)[n - 1] == TestType{1});
  }
}

TEST_CASE("aligned_buffer: empty") {
  aligned_buffer<float> none;
  aligned_buffer<float> zero(0);
  aligned_buffer<float> raw(0, uninitialized);
  for (const auto* x : {&none, &zero, &raw}) {
    CHECK(x->data() == nullptr);
    CHECK(x->size() == 0);
    CHECK(x->empty());
    CHECK(x->begin() == x->end());
    CHECK(std::span<const float>(*x).empty());
  }
}

TEST_CASE("aligned_buffer: moves") {
  aligned_buffer<int> a(10);
  a[3] = 7;
  int* p = a.data();
  aligned_buffer<int> b(std::move(a));
  CHECK(b.data() == p);
  CHECK(b[3] == 7);
  CHECK(a.empty());  // NOLINT(bugprone-use-after-move): the empty source is documented
  CHECK(a.data() == nullptr);

  aligned_buffer<int> c(5);
  c = std::move(b);
  CHECK(c.data() == p);
  CHECK(c.size() == 10);
  CHECK(b.empty());  // NOLINT(bugprone-use-after-move)

  aligned_buffer<int>& same = c;
  c = std::move(same);
  CHECK(c.data() == p);
  CHECK(c[3] == 7);

  c = aligned_buffer<int>();
  CHECK(c.empty());
}

TEST_CASE("aligned_buffer: large ones are aligned to huge pages and zeroed") {
  constexpr std::size_t n = (std::size_t{4} << 20) / sizeof(float) + 1;
  aligned_buffer<float> x(n);
  CHECK(aligned(x.data(), lanewise::huge_page_bytes));
  CHECK(x[0] == 0);
  CHECK(x[n - 1] == 0);
  x[n - 1] = 1;
  aligned_buffer<float> y(std::move(x));
  CHECK(y[n - 1] == 1);
  aligned_buffer<float> almost(n - 2, uninitialized);  // One below the limit.
  CHECK(aligned(almost.data(), lanewise::buffer_alignment));
}

TEST_CASE("advise_huge_pages leaves contents and odd ranges alone") {
  aligned_buffer<char> x(300000);
  x[7] = 'a';
  lanewise::advise_huge_pages(x.data() + 7, 250001);
  lanewise::advise_huge_pages(x.data() + 7, 1);
  lanewise::advise_huge_pages(nullptr, 0);
  CHECK(x[7] == 'a');
}

TEST_CASE("aligned_buffer: size overflow") {
  constexpr std::size_t max = std::numeric_limits<std::size_t>::max();
  using Catch::Matchers::ContainsSubstring;
  using Catch::Matchers::MessageMatches;
  for (const std::size_t n : {max, max / 4, max / 4 + 1, max / 4 + 2, max / 8 + 1}) {
    CHECK_THROWS_AS(aligned_buffer<float>(n), std::length_error);
    CHECK_THROWS_AS(aligned_buffer<float>(n, uninitialized), std::length_error);
  }
  CHECK_THROWS_MATCHES(aligned_buffer<double>(max), std::length_error,
                       MessageMatches(ContainsSubstring(std::to_string(max) + " elements of 8 bytes")));
}
