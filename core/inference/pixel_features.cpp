#include "core/inference/pixel_features.h"

#include <opencv2/imgproc.hpp>

#include <array>
#include <cmath>
#include <stdexcept>

namespace finebrush {

namespace {

constexpr std::array kSigmas = {0.7, 1.0, 1.6, 3.5, 5.0, 10.0};  // px; ilastik's own set
constexpr int64_t kFeaturesPerScale = 10;

cv::Mat smoothed(const cv::Mat& image, double sigma) {
    const int side = 2 * static_cast<int>(std::ceil(3 * sigma)) + 1;
    cv::Mat out;
    cv::GaussianBlur(image, out, {side, side}, sigma, sigma, cv::BORDER_REFLECT_101);
    return out;
}

/// Derivative of the given orders in x and y, times sigma; Sobel's 3 × 3 kernel sums to 8.
cv::Mat derivative(const cv::Mat& image, int orderX, int orderY, double sigma) {
    cv::Mat out;
    cv::Sobel(image, out, CV_32F, orderX, orderY, 3, sigma / 8);
    return out;
}

cv::Mat root(const cv::Mat& image) {
    cv::Mat out;
    cv::sqrt(cv::max(image, 0), out);
    return out;
}

struct Eigenvalues {
    cv::Mat larger;
    cv::Mat smaller;
};

/// Of the symmetric matrix (xx, xy; xy, yy) at every pixel.
Eigenvalues eigenvalues(const cv::Mat& xx, const cv::Mat& xy, const cv::Mat& yy) {
    const cv::Mat difference = xx - yy;
    const cv::Mat spread = root(difference.mul(difference) + 4 * xy.mul(xy));
    const cv::Mat trace = xx + yy;
    return {(trace + spread) / 2, (trace - spread) / 2};
}

/// Gives each feature of one scale to `keep`.
template <typename Keep>
void featuresAtScale(const cv::Mat& grey, const cv::Mat& redGreen, const cv::Mat& yellowBlue, double sigma,
                     Keep keep) {
    const cv::Mat smooth = smoothed(grey, sigma);
    keep(smooth);
    keep(smoothed(redGreen, sigma));
    keep(smoothed(yellowBlue, sigma));

    const cv::Mat dx = derivative(smooth, 1, 0, sigma);
    const cv::Mat dy = derivative(smooth, 0, 1, sigma);
    keep(root(dx.mul(dx) + dy.mul(dy)));

    const cv::Mat dxx = derivative(dx, 1, 0, sigma);
    const cv::Mat dyy = derivative(dy, 0, 1, sigma);
    const Eigenvalues hessian = eigenvalues(dxx, derivative(dx, 0, 1, sigma), dyy);
    keep(dxx + dyy);
    keep(hessian.larger);
    keep(hessian.smaller);

    const double outer = 1.5 * sigma;
    const Eigenvalues structure =
        eigenvalues(smoothed(dx.mul(dx), outer), smoothed(dx.mul(dy), outer), smoothed(dy.mul(dy), outer));
    keep(root(structure.larger));
    keep(root(structure.smaller));

    const cv::Mat mean = smoothed(grey, outer);
    keep(root(smoothed(grey.mul(grey), outer) - mean.mul(mean)));
}

}  // namespace

int64_t pixelFeatureCount() {
    return static_cast<int64_t>(kSigmas.size()) * kFeaturesPerScale;
}

torch::Tensor pixelFeatures(const torch::Tensor& image) {
    if (image.dim() != 3 || image.size(0) != 3 || image.scalar_type() != torch::kFloat32 || image.is_cuda()) {
        throw std::invalid_argument("pixelFeatures: [3, H, W] float32 on the CPU is wanted");
    }
    const torch::Tensor planes = image.contiguous();
    const int height = static_cast<int>(planes.size(1));
    const int width = static_cast<int>(planes.size(2));
    const auto plane = [&](int64_t band) {
        return cv::Mat(height, width, CV_32F, planes[band].data_ptr<float>());
    };
    const cv::Mat red = plane(0);
    const cv::Mat green = plane(1);
    const cv::Mat blue = plane(2);
    const cv::Mat grey = 0.299 * red + 0.587 * green + 0.114 * blue;
    const cv::Mat redGreen = red - green;
    const cv::Mat yellowBlue = 0.5 * (red + green) - blue;

    torch::Tensor features = torch::empty({pixelFeatureCount(), height, width});
    int64_t index = 0;
    const auto keep = [&](const cv::Mat& feature) {
        cv::Mat target(height, width, CV_32F, features[index++].data_ptr<float>());
        feature.copyTo(target);
    };
    for (double sigma : kSigmas) featuresAtScale(grey, redGreen, yellowBlue, sigma, keep);
    return features;
}

}  // namespace finebrush
