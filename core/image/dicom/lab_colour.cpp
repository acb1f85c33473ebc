#include "core/image/dicom/lab_colour.h"

#include <opencv2/imgproc.hpp>

#include <cmath>

namespace finebrush::dicom {

namespace {

constexpr double kFull = 65535, kLightness = 100, kLeastTint = -128, kTints = 255;

}  // namespace

std::array<uint16_t, 3> dicomLabFromRgb(const std::array<uint8_t, 3>& rgb) {
    const cv::Mat1f channels = (cv::Mat1f(1, 3) << rgb[0] / 255.0F, rgb[1] / 255.0F, rgb[2] / 255.0F);
    cv::Mat lab;
    cv::cvtColor(channels.reshape(3), lab, cv::COLOR_RGB2Lab);
    const auto values = lab.at<cv::Vec3f>(0);
    const auto tint = [](float value) {
        return static_cast<uint16_t>(std::lround((value - kLeastTint) / kTints * kFull));
    };
    return {static_cast<uint16_t>(std::lround(values[0] / kLightness * kFull)), tint(values[1]),
            tint(values[2])};
}

std::array<uint8_t, 3> rgbFromDicomLab(const std::array<uint16_t, 3>& lab) {
    const auto tint = [](uint16_t value) { return static_cast<float>(value / kFull * kTints + kLeastTint); };
    const cv::Mat1f channels =
        (cv::Mat1f(1, 3) << static_cast<float>(lab[0] / kFull * kLightness), tint(lab[1]), tint(lab[2]));
    cv::Mat rgb, bytes;
    cv::cvtColor(channels.reshape(3), rgb, cv::COLOR_Lab2RGB);
    rgb.convertTo(bytes, CV_8U, 255);
    const auto values = bytes.at<cv::Vec3b>(0);
    return {values[0], values[1], values[2]};
}

}  // namespace finebrush::dicom
