// A small foreign repository for the browser test: OAI-PMH with Dublin Core, one record like a sample technology, one strange, one faulty.
import { createServer } from 'node:http';

const envelope = content => `<?xml version="1.0" encoding="UTF-8"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-20T00:00:00Z</responseDate><request>http://archive.example/oai</request>${content}</OAI-PMH>`;
const record = (id, title, subject) => `<record><header><identifier>oai:archive.example:${id}</identifier><datestamp>2026-11-01T00:00:00Z</datestamp></header><metadata><oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title><dc:creator>Institute of the steppe</dc:creator><dc:subject>${subject}</dc:subject><dc:description>From the archive.</dc:description><dc:identifier>https://archive.example/${id}</dc:identifier></oai_dc:dc></metadata></record>`;
const answers = {
    Identify: '<Identify><repositoryName>Archive</repositoryName><baseURL>http://archive.example/oai</baseURL><protocolVersion>2.0</protocolVersion><adminEmail>a@archive.example</adminEmail><earliestDatestamp>2020-01-01T00:00:00Z</earliestDatestamp><deletedRecord>persistent</deletedRecord><granularity>YYYY-MM-DDThh:mm:ssZ</granularity><description><oai-identifier xmlns="http://www.openarchives.org/OAI/2.0/oai-identifier"><scheme>oai</scheme><repositoryIdentifier>archive.example</repositoryIdentifier><delimiter>:</delimiter><sampleIdentifier>oai:archive.example:1</sampleIdentifier></oai-identifier></description></Identify>',
    ListMetadataFormats: '<ListMetadataFormats><metadataFormat><metadataPrefix>oai_dc</metadataPrefix><schema>http://www.openarchives.org/OAI/2.0/oai_dc.xsd</schema><metadataNamespace>http://www.openarchives.org/OAI/2.0/oai_dc/</metadataNamespace></metadataFormat></ListMetadataFormats>',
    ListRecords: `<ListRecords>${record(1, 'Cold-climate air-source heat pump with propane and vapour injection', 'energy_carbon')}${record(2, '&lt;script&gt;alert(1)&lt;/script&gt; windmill', 'water')}${record(3, 'A poem', 'poetry')}</ListRecords>`,
};

export async function start_archive() {
    const server = createServer((request, response) => {
        const verb = new URL(request.url, 'http://archive.example').searchParams.get('verb');
        response.setHeader('Content-Type', 'text/xml');
        response.end(envelope(answers[verb] ?? '<error code="badVerb">?</error>'));
    });
    await new Promise(done => server.listen(0, '127.0.0.1', done));
    server.unref();
    return { url: `http://127.0.0.1:${server.address().port}/oai` };
}
