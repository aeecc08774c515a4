// SPDX-License-Identifier: MIT
#pragma once
// The machine's own limits as rows for a table: measured in turn with the rows that are held against them.

#include <cstddef>
#include <string>
#include <vector>

#include "suite.hpp"

namespace bench {

/// Multiply-adds per second of one target (T is float or double) on `workers` threads, 2 flops each. Named "FMA <target>".
template <class T>
row fma_limit(const std::string& target, std::size_t workers = 1);

extern template row fma_limit<float>(const std::string&, std::size_t);
extern template row fma_limit<double>(const std::string&, std::size_t);

/// Reading `bytes` bytes at p, and at q unless it is null, with the best target's vectors, 4 and 8 of them between two tests
/// of the loop's end. Named "read x 4" and "read x 8". The memory must outlive the rows.
std::vector<row> read_limits(const void* p, const void* q, std::size_t bytes);

}  // namespace bench
