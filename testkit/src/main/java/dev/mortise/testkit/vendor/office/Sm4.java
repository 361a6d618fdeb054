package dev.mortise.testkit.vendor.office;

import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.KeyParameter;

/// SM4 in ECB with PKCS#7 padding.
@SuppressWarnings("ArrayRecordComponent")
record Sm4(byte[] key) {
    byte[] encrypt(byte[] plain) {
        try {
            return run(true, plain);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("only what is decrypted can be malformed", e);
        }
    }

    /// Empty when the key is another, or the text was not encrypted at all.
    Optional<byte[]> decrypt(byte[] secret) {
        try {
            return Optional.of(run(false, secret));
        } catch (InvalidCipherTextException | RuntimeException _) {
            return Optional.empty();
        }
    }

    private byte[] run(boolean encrypts, byte[] text) throws InvalidCipherTextException {
        var cipher = new PaddedBufferedBlockCipher(new SM4Engine(), new PKCS7Padding());
        cipher.init(encrypts, new KeyParameter(key));
        byte[] out = new byte[cipher.getOutputSize(text.length)];
        int done = cipher.processBytes(text, 0, text.length, out, 0);
        done += cipher.doFinal(out, done);
        return Arrays.copyOf(out, done);
    }
}
