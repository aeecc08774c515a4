// SPDX-License-Identifier: MIT
// C = A B for matrices of any layout; shapes that do not fit are an exception that names them.

#include <lanewise/lanewise.hpp>

#include <iostream>
#include <stdexcept>

int main() {
  // [matmul]
  const lanewise::matrix<float> a{{1, 2, 3}, {4, 5, 6}};
  const lanewise::matrix<float, lanewise::col_major> b{{1, 0}, {0, 1}, {2, 2}};
  lanewise::matrix<float> c(2, 2);
  lanewise::matmul(a, b, c);                                                    // {{7, 8}, {16, 17}}
  lanewise::gemm(2.0f, b.view().transposed(), a.view().transposed(), 1.0f, c);  // C += 2 B' A'
  // [matmul]
  std::cout << c(0, 0) << ' ' << c(0, 1) << '\n' << c(1, 0) << ' ' << c(1, 1) << '\n';
  if (c(0, 0) != 21 || c(0, 1) != 40 || c(1, 0) != 32 || c(1, 1) != 51) return 1;

  try {
    lanewise::matmul(a, a, c);
  } catch (const std::invalid_argument& error) {
    std::cout << error.what() << '\n';
    return 0;
  }
  return 1;
}
