package dev.mortise.api.recipe.codec;

import java.util.Arrays;

/// PKCS #7 padding to blocks of any size up to 255 bytes. The JDK pads only to the block of the
/// cipher, but envelopes of DingTalk and WeCom pad to 32 bytes.
public final class Padding {
    private Padding() {}

    public static byte[] add(byte[] bytes, int block) {
        int count = block - bytes.length % block;
        byte[] padded = Arrays.copyOf(bytes, bytes.length + count);
        Arrays.fill(padded, bytes.length, padded.length, (byte) count);
        return padded;
    }

    /// Looks at every byte of the padding, wherever the first wrong one is.
    public static byte[] remove(byte[] padded, int block) {
        int count = padded.length == 0 ? 0 : padded[padded.length - 1] & 0xFF;
        boolean possible = count >= 1 && count <= block && count <= padded.length;
        int wrong = possible && padded.length % block == 0 ? 0 : 1;
        int from = possible ? padded.length - count : padded.length;
        for (int i = from; i < padded.length; i++) {
            wrong |= (padded[i] & 0xFF) ^ count;
        }
        if (wrong != 0) {
            throw new Malformed("a value and a key for its cipher");
        }
        return Arrays.copyOf(padded, from);
    }
}
