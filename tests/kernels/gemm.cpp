// SPDX-License-Identifier: MIT
// gemm and matmul on every target against a triple loop in long double.

#include <lanewise/lanewise.hpp>

#include <catch2/catch_test_macros.hpp>

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace lw = lanewise;

namespace {

template <class T>
using strided_view = lw::matrix_view<T, lw::strided>;

/// A matrix with room around it: the view lies inside a larger buffer whose other elements must not change.
template <class T>
struct padded_matrix {
  std::vector<T> buffer;
  strided_view<T> view;
  T guard;

  padded_matrix(std::size_t rows, std::size_t cols, bool by_columns, std::size_t pad, T fill)
      : buffer(), view(), guard(fill) {
    const std::size_t lines = by_columns ? cols : rows;
    const std::size_t ld = (by_columns ? rows : cols) + pad;
    buffer.assign(lines * ld + 2 * pad + 1, fill);
    const auto stride = static_cast<std::ptrdiff_t>(ld);
    view = strided_view<T>(buffer.data() + pad, rows, cols, by_columns ? 1 : stride, by_columns ? stride : 1);
  }

  bool guards_hold() const {
    std::vector<bool> inside(buffer.size(), false);
    for (std::size_t i = 0; i < view.rows(); ++i) {
      for (std::size_t j = 0; j < view.cols(); ++j) {
        inside[static_cast<std::size_t>(&view(i, j) - buffer.data())] = true;
      }
    }
    for (std::size_t i = 0; i < buffer.size(); ++i) {
      if (!inside[i] && buffer[i] != guard) return false;
    }
    return true;
  }
};

template <class T>
void fill(const strided_view<T>& view, std::mt19937& random) {
  std::uniform_real_distribution<T> uniform(-1, 1);
  for (std::size_t i = 0; i < view.rows(); ++i) {
    for (std::size_t j = 0; j < view.cols(); ++j) view(i, j) = uniform(random);
  }
}

/// Compares with the standard componentwise bound, |error| <= (k + 3) eps (|alpha| |A| |B| + |beta C|); "" if it holds.
template <class T>
std::string difference(T alpha, strided_view<const T> a, strided_view<const T> b, T beta, strided_view<const T> before,
                       strided_view<const T> after) {
  const std::size_t k = a.cols();
  const long double eps = std::numeric_limits<T>::epsilon();
  for (std::size_t i = 0; i < after.rows(); ++i) {
    for (std::size_t j = 0; j < after.cols(); ++j) {
      long double sum = 0, magnitude = 0;
      for (std::size_t p = 0; p < k; ++p) {
        const long double product = static_cast<long double>(a(i, p)) * b(p, j);
        sum += product;
        magnitude += std::abs(product);
      }
      const long double old = beta == T(0) ? 0 : static_cast<long double>(beta) * before(i, j);
      const long double expected = alpha * sum + old;
      const long double bound = static_cast<long double>(k + 3) * eps * (std::abs(alpha) * magnitude + std::abs(old));
      if (!(std::abs(after(i, j) - expected) <= bound)) {
        return "c(" + std::to_string(i) + ", " + std::to_string(j) + ") is " + std::to_string(after(i, j)) +
               ", expected " + std::to_string(expected) + " +- " + std::to_string(bound);
      }
    }
  }
  return "";
}

struct problem {
  std::size_t m, n, k;
};

template <class T>
void check(problem size, T alpha, T beta, unsigned layouts, std::mt19937& random, lw::executor_ref executor) {
  const auto [m, n, k] = size;
  padded_matrix<T> a(m, k, layouts & 1, random() % 3, 7), b(k, n, layouts & 2, random() % 3, 7),
      c(m, n, layouts & 4, random() % 3, 7);
  fill(a.view, random);
  fill(b.view, random);
  if (beta == T(0)) {
    for (std::size_t i = 0; i < m; ++i) {
      for (std::size_t j = 0; j < n; ++j) c.view(i, j) = std::numeric_limits<T>::quiet_NaN();
    }
  } else {
    fill(c.view, random);
  }
  const padded_matrix<T> before = c;
  const strided_view<const T> old(before.buffer.data() + (c.view.data() - c.buffer.data()), m, n, c.view.row_stride(),
                                  c.view.col_stride());
  lw::gemm(alpha, a.view, b.view, beta, c.view, executor);
  INFO("m, n, k = " << m << ", " << n << ", " << k << "; alpha " << alpha << ", beta " << beta << ", layouts "
                    << layouts << ", " << sizeof(T) * 8 << " bit, target " << lw::cpu_info().chosen);
  CHECK(difference<T>(alpha, a.view, b.view, beta, old, c.view) == "");
  CHECK(c.guards_hold());
}

template <class F>
void on_each_target(F f) {
  for (const std::string& target : lw::cpu_info().usable) {
    lw::use_target(target);
    f();
  }
  lw::use_target("");
}

}  // namespace

TEST_CASE("gemm agrees with a long double triple loop at every small shape") {
  std::mt19937 random(1);
  on_each_target([&] {
    for (std::size_t m : {0U, 1U, 2U, 5U, 6U, 7U, 12U, 13U, 25U}) {
      for (std::size_t n : {0U, 1U, 3U, 8U, 15U, 16U, 17U, 31U, 33U, 65U}) {
        for (std::size_t k : {0U, 1U, 2U, 17U}) {
          check<float>({m, n, k}, 1, 0, random() % 8, random, lw::serial);
          check<double>({m, n, k}, -0.5, 2, random() % 8, random, lw::serial);
        }
      }
    }
  });
}

TEST_CASE("gemm agrees with a long double triple loop at random shapes, layouts, alpha and beta") {
  std::mt19937 random(2);
  lw::thread_pool three(3);
  const double scalars[] = {0, 1, -1, 0.75};
  on_each_target([&] {
    for (int round = 0; round < 40; ++round) {
      const problem size{random() % 150, random() % 150, random() % 150};
      const double alpha = scalars[random() % 4], beta = scalars[random() % 4];
      check<float>(size, static_cast<float>(alpha), static_cast<float>(beta), random() % 8, random, three);
      check<double>(size, alpha, beta, random() % 8, random, three);
    }
  });
}

TEST_CASE("gemm crosses the borders of its blocks") {
  std::mt19937 random(3);
  on_each_target([&] {
    check<float>({3, 5, 1024 * 2 + 1}, 1, 1, 0, random, lw::serial);
    check<double>({13, 7, 512 + 1}, 1, 0, 3, random, lw::serial);
    check<float>({97, 17, 65}, 1, 0, 0, random, lw::serial);
    check<float>({2, 2048 + 33, 9}, 1, 0, 0, random, lw::serial);
    check<float>({200, 200, 40}, 1, 0.5f, 1, random, lw::default_executor());
  });
}

TEST_CASE("gemm writes to a view with both strides above 1") {
  std::mt19937 random(4);
  on_each_target([&] {
    const std::size_t m = 29, n = 37, k = 11;
    padded_matrix<float> a(m, k, false, 0, 0), b(k, n, false, 0, 0);
    fill(a.view, random);
    fill(b.view, random);
    std::vector<float> buffer(m * n * 6, 1.0f);
    const strided_view<float> c(buffer.data(), m, n, 3 * static_cast<std::ptrdiff_t>(n), 3);
    const std::vector<float> before = buffer;
    const strided_view<const float> old(before.data(), m, n, 3 * static_cast<std::ptrdiff_t>(n), 3);
    lw::gemm(2.0f, a.view, b.view, -1.0f, c);
    CHECK(difference<float>(2.0f, a.view, b.view, -1.0f, old, c) == "");
    bool between = true;
    for (std::size_t i = 0; i < buffer.size(); ++i) {
      if (i % 3 != 0) between = between && buffer[i] == 1.0f;
    }
    CHECK(between);
  });
}

TEST_CASE("gemm gives the same bits for any number of workers") {
  std::mt19937 random(5);
  const std::size_t m = 211, n = 190, k = 157;
  padded_matrix<float> a(m, k, false, 0, 0), b(k, n, true, 0, 0);
  fill(a.view, random);
  fill(b.view, random);
  on_each_target([&] {
    lw::matrix<float> expected(m, n);
    lw::matmul(a.view, b.view, expected, lw::serial);
    for (std::size_t workers : {1U, 2U, 3U, 8U, 64U}) {
      lw::thread_pool pool(workers);
      lw::matrix<float> c(m, n);
      lw::matmul(a.view, b.view, c, pool);
      bool same = true;
      for (std::size_t i = 0; i < m; ++i) {
        for (std::size_t j = 0; j < n; ++j) same = same && c(i, j) == expected(i, j);
      }
      INFO(workers << " workers, target " << lw::cpu_info().chosen);
      CHECK(same);
    }
  });
}

TEST_CASE("gemm passes NaN and infinities on, and beta = 0 does not read C") {
  on_each_target([&] {
    const float nan = std::numeric_limits<float>::quiet_NaN(), inf = std::numeric_limits<float>::infinity();
    const lw::matrix<float> a{{nan, 1}, {inf, 0}, {2, 1}}, b{{1, 2}, {3, 4}};
    lw::matrix<float> c(3, 2, nan);
    lw::matmul(a, b, c);
    CHECK(std::isnan(c(0, 0)));
    CHECK(std::isnan(c(0, 1)));
    CHECK(c(1, 0) == inf);
    CHECK(c(2, 0) == 5);
    CHECK(c(2, 1) == 8);
    lw::gemm(0.0f, a, b, 0.0f, c);
    CHECK(c(0, 0) == 0);
  });
}

TEST_CASE("gemm refuses shapes that do not fit and outputs that overlap") {
  lw::matrix<float> a(3, 4), b(5, 2), c(3, 2), square(4, 4);
  const auto message = [](auto call) -> std::string {
    try {
      call();
    } catch (const std::invalid_argument& error) {
      return error.what();
    }
    return "no exception";
  };
  const std::string fit = message([&] { lw::matmul(a, b, c); });
  INFO(fit);
  CHECK(fit.find("3 x 4") != std::string::npos);
  CHECK(fit.find("5 x 2") != std::string::npos);
  CHECK(message([&] { lw::matmul(square, square, square); }).find("shares memory") != std::string::npos);
  float one = 0;
  const strided_view<float> same_place(&one, 4, 4, 0, 0);
  const lw::matrix<float> other(4, 4);
  CHECK(message([&] { lw::matmul(other, other, same_place); }).find("share memory") != std::string::npos);

  // Empty products are fine, and null with size 0.
  lw::matrix<float> empty_rows(0, 4), empty_result(0, 4);
  CHECK_NOTHROW(lw::matmul(empty_rows, square, empty_result));
  lw::matrix<float> thin(4, 0), flat(0, 4), zeroed(4, 4, 3.0f);
  lw::matmul(thin, flat, zeroed);
  CHECK(zeroed(3, 3) == 0);
  CHECK_NOTHROW(lw::matmul(lw::matrix_view<const float>(nullptr, 0, 0), lw::matrix_view<const float>(nullptr, 0, 0),
                           lw::matrix_view<float>(nullptr, 0, 0)));
}
