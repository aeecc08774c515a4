// SPDX-License-Identifier: MIT
// Clusters handwritten digits: 1797 images of 8 x 8 pixels, k = 10, without a look at which digit they show.
#include <lanewise/data/csv.hpp>
#include <lanewise/lanewise.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>

namespace {

void cluster_digits(const char* file) {
  const auto table = lanewise::read_csv<float>(file, {.columns = 65});  // 64 pixels, and the digit
  const auto pixels = table.view().block(0, 0, table.rows(), 64);

  const auto clusters = lanewise::kmeans(pixels, 10, {.seed = 1, .n_init = 10});
  std::printf("%zu images: inertia %.0f after %zu iterations\n", table.rows(), clusters.inertia, clusters.iterations);

  std::array<std::array<int, 10>, 10> images{};  // of each cluster, how many show each digit
  for (std::size_t i = 0; i < table.rows(); ++i) {
    const float digit = table(i, 64);
    if (!(digit >= 0 && digit <= 9)) {
      throw std::runtime_error("line " + std::to_string(i + 1) + " of the file does not end with a digit");
    }
    ++images[static_cast<std::size_t>(clusters.labels[i])][static_cast<std::size_t>(digit)];
  }
  std::puts("cluster  images  mostly");
  for (std::size_t j = 0; j < 10; ++j) {
    const auto most = std::ranges::max_element(images[j]);
    int all = 0;
    for (const int n : images[j]) all += n;
    std::printf("%7zu %7d       %d  %5.1f %%\n", j, all, static_cast<int>(most - images[j].begin()),
                100.0 * *most / all);
  }
}

}  // namespace

int main(int argc, char** argv) {
  try {
    cluster_digits(argc > 1 ? argv[1] : "data/digits.csv");
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
