// SPDX-License-Identifier: MIT
#pragma once
// Math functions of other libraries, compiled for one x86-64 level.

#include <cstddef>
#include <string>
#include <vector>

namespace bench {

/// z[i] = f(x[i], y[i]), or f(x[i]); n is a multiple of 16.
template <class T>
using math_loop = void (*)(const T* x, const T* y, T* z, std::size_t n);

struct math_peer {
  std::string function;  ///< as in math_functions.hpp
  std::string library;   ///< "SLEEF u10"
  math_loop<float> f32;
  math_loop<double> f64;
};

namespace v3 {
std::vector<math_peer> math();
}
namespace v4 {
std::vector<math_peer> math();
}

}  // namespace bench
