package dev.mortise.connectors.file;

import dev.mortise.spi.batch.Batch;
import dev.mortise.spi.connect.Lane;
import dev.mortise.spi.connect.Range;
import dev.mortise.spi.connect.Rejects;
import dev.mortise.spi.problem.ProblemException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// One writer. What it wrote is only bytes in a hidden file until the ledger names them.
final class FileLane implements Lane {
    private final Staging staging;
    private final FileLedger ledger;
    private final long epoch;
    private final String dataset;
    private long written;

    FileLane(Staging staging, FileLedger ledger, long epoch, String dataset) {
        this.staging = staging;
        this.ledger = ledger;
        this.epoch = epoch;
        this.dataset = dataset;
    }

    @Override
    public int write(Batch batch, Rejects rejects) {
        try {
            staging.write(batch);
        } catch (IOException e) {
            throw Folder.problem("writing the file", dataset, e);
        }
        written += batch.rows();
        return batch.rows();
    }

    @Override
    public void commit(Range range, @Nullable Range rest, long rowsRejected) {
        try {
            Staging.Sealed sealed = written == 0 ? Staging.Sealed.NOTHING : staging.seal();
            FileLedger.Segment segment =
                    new FileLedger.Segment(
                            range.part(), sealed.file(), sealed.start(), sealed.end());
            advance(new FileLedger.Commit(range, rest, segment, written, rowsRejected));
        } catch (IOException e) {
            throw Folder.problem("writing the file", dataset, e);
        }
    }

    private void advance(FileLedger.Commit commit) throws IOException {
        boolean taken = false;
        try {
            taken = ledger.advance(epoch, commit);
        } catch (ProblemException e) {
            // Whether the ledger was replaced is unknown when the disk fails: then the rows must
            // stay, for it may name them.
            taken = e.problem().code() != dev.mortise.spi.problem.ProblemCode.FENCED;
            throw e;
        } finally {
            if (!taken && commit.written() > 0) {
                staging.unseal();
            }
            written = 0;
        }
    }

    @Override
    public void abort() {
        written = 0;
        try {
            staging.drop();
        } catch (IOException e) {
            throw Folder.problem("dropping unfinished rows", dataset, e);
        }
    }

    @Override
    public void close() {
        try {
            staging.close();
        } catch (IOException e) {
            throw Folder.problem("closing the file", dataset, e);
        }
    }
}
