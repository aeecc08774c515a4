// SPDX-License-Identifier: MIT
#pragma once
// A consumer's kernels, compiled for every target by the pattern of foreach_target.hpp.

#include <cstddef>

namespace own_kernels {

/// The target that the chosen copy was compiled for.
const char* compiled_for();
float sum(const float* x, std::size_t n);
float dot(const float* x, std::size_t n);

}  // namespace own_kernels
