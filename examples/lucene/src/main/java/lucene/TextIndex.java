package lucene;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.queryparser.classic.ParseException;
import org.apache.lucene.queryparser.classic.QueryParser;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.NIOFSDirectory;

/**
 * Texts by name, in an index on a disk. A change returns once it is forced to the disk and found by every search that begins afterwards.
 *
 * <p>For use by several threads.
 */
final class TextIndex {
    private static final String NAME = "name";
    private static final String TEXT = "text";

    private final StandardAnalyzer analyzer = new StandardAnalyzer();
    private final IndexWriter writer;
    private final SearcherManager searchers;

    /** Opens the index in this folder, or makes one. */
    TextIndex(Path folder) throws IOException {
        // Lucene's default, MMapDirectory, reads through MemorySegment, which images do not support.
        NIOFSDirectory directory = new NIOFSDirectory(folder);
        writer = new IndexWriter(directory, new IndexWriterConfig(analyzer));
        searchers = new SearcherManager(writer, null);
        writer.commit();
    }

    void put(String name, String text) throws IOException {
        Document document = new Document();
        document.add(new StringField(NAME, name, Field.Store.YES));
        document.add(new TextField(TEXT, text, Field.Store.NO));
        writer.updateDocument(new Term(NAME, name), document);
        commit();
    }

    void remove(String name) throws IOException {
        writer.deleteDocuments(new Term(NAME, name));
        commit();
    }

    private void commit() throws IOException {
        writer.commit();
        searchers.maybeRefreshBlocking();
    }

    int count() throws IOException {
        IndexSearcher searcher = searchers.acquire();
        try {
            return searcher.getIndexReader().numDocs();
        } finally {
            searchers.release(searcher);
        }
    }

    /** Names of what a query in Lucene's classic syntax finds, best first. */
    List<String> find(String query, int most) throws IOException, ParseException {
        IndexSearcher searcher = searchers.acquire();
        try {
            List<String> names = new ArrayList<>();
            for (ScoreDoc found : searcher.search(new QueryParser(TEXT, analyzer).parse(query), most).scoreDocs) {
                names.add(searcher.storedFields().document(found.doc).get(NAME));
            }
            return names;
        } finally {
            searchers.release(searcher);
        }
    }
}
