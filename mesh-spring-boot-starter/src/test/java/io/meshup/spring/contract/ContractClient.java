package io.meshup.spring.contract;

import java.io.InputStream;

/**
 * One kind of client, as the contract drives it.
 */
interface ContractClient {

	/**
	 * Makes a call and reads the whole answer.
	 * @param ask the request
	 * @return the answer, whatever its status
	 * @throws Exception as the client throws it
	 */
	Answer call(Ask ask) throws Exception;

	/**
	 * Makes a GET and hands out the body while it comes.
	 * @param url the URL
	 * @return the body
	 * @throws Exception as the client throws it
	 */
	InputStream open(String url) throws Exception;

}
