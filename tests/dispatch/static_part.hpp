// SPDX-License-Identifier: MIT
#pragma once
// Kernels compiled without dispatch, for the flags of their file.

#include <cstddef>

namespace static_part {

const char* target();
float sum(const float* x, std::size_t n);
float dot(const float* x, std::size_t n);
float max(const float* x, std::size_t n);

}  // namespace static_part
